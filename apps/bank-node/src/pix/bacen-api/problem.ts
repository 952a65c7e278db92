import { refusalCatalogue, refusalSentence, type Refusal } from "@pacto/contract";

/** What a request was about: it names the problem's type, as the API's list has them. */
export type Subject = "Cob" | "CobV" | "Pix" | "PixDevolucao" | "Webhook";

export type Act = "operation" | "query";

export interface Violation {
  readonly razao: string;
  readonly propriedade: string;
  readonly valor?: string;
}

/** An error as the Banco Central's PIX API writes it (RFC 7807). */
export interface BacenProblem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly correlationId: string;
  readonly violacoes?: readonly Violation[];
}

const BASE = "https://pix.bcb.gov.br/api/v2/error/";

interface Named {
  readonly title: string;
  readonly unknown: string;
  readonly operation: string;
  readonly query: string;
}

const NAMES: Readonly<Record<Subject, Named>> = {
  Cob: {
    title: "Cobrança",
    unknown: "CobNaoEncontrado",
    operation: "CobOperacaoInvalida",
    query: "CobConsultaInvalida",
  },
  CobV: {
    title: "Cobrança com vencimento",
    unknown: "CobVNaoEncontrada",
    operation: "CobVOperacaoInvalida",
    query: "CobVConsultaInvalida",
  },
  Pix: {
    title: "Pix",
    unknown: "PixNaoEncontrado",
    operation: "RequisicaoInvalida",
    query: "PixConsultaInvalida",
  },
  PixDevolucao: {
    title: "Devolução",
    unknown: "PixDevolucaoNaoEncontrada",
    operation: "PixDevolucaoInvalida",
    query: "PixConsultaInvalida",
  },
  Webhook: {
    title: "Webhook",
    unknown: "WebhookNaoEncontrado",
    operation: "WebhookOperacaoInvalida",
    query: "WebhookConsultaInvalida",
  },
};

export interface Failure {
  readonly subject: Subject;
  readonly act: Act;
  /** As the procedure answered. */
  readonly status: number;
  readonly refusal: Refusal | null;
  readonly violations?: readonly Violation[];
  readonly correlationId: string;
}

/** The problem that a failure is, in the API's own types and statuses. */
export function bacenProblem(failure: Failure): BacenProblem {
  const { refusal, violations, correlationId } = failure;
  const [type, title, status] = kindOf(failure);
  const detail = refusal === null ? DETAILS[type] : refusalSentence(refusal, "pt-BR");
  const violacoes = violations ?? violationsOf(refusal);
  return {
    type: BASE + type,
    title,
    status,
    detail: detail ?? "A requisição não pôde ser atendida.",
    correlationId,
    ...(violacoes.length === 0 ? {} : { violacoes }),
  };
}

type Kind = readonly [type: string, title: string, status: number];

const DETAILS: Readonly<Record<string, string>> = {
  RequisicaoInvalida: "A requisição não pôde ser lida ou não respeita o esquema.",
  NaoEncontrado: "Entidade não encontrada.",
  AcessoNegado: "Requisição de participante autenticado que viola alguma regra de autorização.",
  ErroInternoDoServidor: "Condição inesperada ao processar a requisição.",
  ServicoIndisponivel: "Serviço não está disponível no momento.",
};

function kindOf({ subject, act, status, refusal, violations }: Failure): Kind {
  const { title, unknown, operation, query } = NAMES[subject];
  const edge = refusal === null ? undefined : refusalCatalogue[refusal.code].edge;
  if (edge === "UNAUTHORIZED" || edge === "FORBIDDEN")
    return ["AcessoNegado", "Acesso Negado", 403];
  if (edge === "TIMEOUT" || status === 504) {
    return ["IndisponibilidadePorTempoEsgotado", "Indisponibilidade por tempo esgotado", 504];
  }
  if (edge === "SERVICE_UNAVAILABLE" || edge === "TOO_MANY_REQUESTS" || status === 503) {
    return ["ServicoIndisponivel", "Serviço Indisponível", 503];
  }
  if (edge === "NOT_FOUND" && refusal !== null && !isOfRequest(refusal)) {
    return [unknown, `${title}: não encontrado.`, 404];
  }
  const isInvalid = refusal !== null || violations !== undefined;
  if (isInvalid) {
    const type = act === "operation" ? operation : query;
    return [type, `${title}: requisição inválida.`, 400];
  }
  if (status === 404) return ["NaoEncontrado", "Não Encontrado", 404];
  if (status < 500) return ["RequisicaoInvalida", "Requisição inválida", 400];
  return ["ErroInternoDoServidor", "Erro Interno do Servidor", 500];
}

/** The key of the body is unknown, not what the address names. */
function isOfRequest({ code }: Refusal): boolean {
  return code === "account-not-found" || code === "pix-key-unknown";
}

const PROPERTIES: Partial<Record<Refusal["code"], string>> = {
  "pix-key-not-held": "chave",
  "pix-key-unreadable": "chave",
  "pix-charge-taken": "txid",
  "pix-charge-terms": "valor",
  "pix-charge-closed": "status",
  "pix-charge-busy": "status",
  "pix-refund-over-original": "valor",
  "pix-refund-window-over": "e2eid",
  "pix-refund-of-refund": "e2eid",
};

function violationsOf(refusal: Refusal | null): readonly Violation[] {
  if (refusal === null) return [];
  const field = refusal.details["field"] ?? refusal.details["differsIn"];
  const propriedade = PROPERTIES[refusal.code] ?? (typeof field === "string" ? field : undefined);
  if (propriedade === undefined) return [];
  return [{ razao: refusalSentence(refusal, "pt-BR"), propriedade }];
}
