import { z } from "zod";

/** Most that a page holds here, whatever is asked for; `parametros` says what was used. */
const ITEMS_MAX = 100;

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

export const periodQuery = {
  inicio: instant,
  fim: instant,
  "paginacao.paginaAtual": z.coerce.number().int().min(0).max(1_000).default(0),
  "paginacao.itensPorPagina": z.coerce.number().int().min(1).max(1_000).default(ITEMS_MAX),
};

export const documentQuery = {
  cpf: z
    .string()
    .regex(/^\d{11}$/)
    .optional(),
  cnpj: z
    .string()
    .regex(/^[0-9A-Z]{14}$/)
    .optional(),
};

interface PeriodQuery {
  readonly inicio: string;
  readonly fim: string;
  readonly "paginacao.paginaAtual": number;
  readonly "paginacao.itensPorPagina": number;
}

export function pageOf(query: PeriodQuery): { readonly limit: number; readonly offset: number } {
  const limit = Math.min(ITEMS_MAX, query["paginacao.itensPorPagina"]);
  return { limit, offset: limit * query["paginacao.paginaAtual"] };
}

/** `parametros` of every list of the API. */
export function pageParameters(query: PeriodQuery, total: number): object {
  const { limit } = pageOf(query);
  return {
    inicio: query.inicio,
    fim: query.fim,
    paginacao: {
      paginaAtual: query["paginacao.paginaAtual"],
      itensPorPagina: limit,
      quantidadeDePaginas: Math.max(1, Math.ceil(total / limit)),
      quantidadeTotalDeItens: total,
    },
  };
}
