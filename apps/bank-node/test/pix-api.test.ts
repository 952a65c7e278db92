import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { addDays, parseBrCode, saoPauloDate } from "@pacto/banking";
import { createKeyRing, generateSigningKey, importPublicKey } from "@pacto/contract/signing";
import { createLocalJWKSet, compactVerify, flattenedVerify, type JSONWebKeySet } from "jose";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeMetrics } from "../src/metrics/write-metrics.ts";
import { Contacts } from "../src/peers/contacts.ts";
import { Incarnations } from "../src/peers/incarnations.ts";
import { appRouter } from "../src/router.ts";
import { buildServer } from "../src/server.ts";
import type { Actor } from "../src/staff/actor.ts";
import { readStatus } from "../src/status/read-status.ts";
import { newKey, openAccountWith, startBanks, type BanksInProcess } from "./banks-in-process.ts";
import { quietDoor } from "./quiet-door.ts";

const TOKEN = "a-token-of-thirty-two-characters";
const AUDITOR = "another-token-of-an-auditor-here";
const PATIENCE_MS = 20_000;
const KEY = "loja@example.com";
const TXID = "7978c0c97ea847e78e8849634473c1f1";

let banks: BanksInProcess;
let app: Awaited<ReturnType<typeof buildServer>>;
let origin: string;
let payer: string;
let receiver: Server;
/** What the receiver was told, and how often it refuses first. */
const told: { body: string; signature: string }[] = [];
let refusals = 0;

beforeAll(async () => {
  banks = await startBanks(["azul", "verde"]);
  const { node } = banks.bank("azul");
  const staff = (id: string, roles: Actor & { kind: "staff" }) => ({ ...roles, id });
  const all = ["teller", "supervisor", "auditor", "operator"] as const;
  const actor = { kind: "staff", id: "", name: "Api", homeBank: "azul", roles: all } as const;
  const actors = new Map<string, Actor>([
    [TOKEN, staff("api", actor)],
    [AUDITOR, staff("auditor", { ...actor, roles: ["auditor"] })],
  ]);
  const createContext = (asked: { actor: Actor; correlationId: string }) => ({
    bank: node.bank,
    ...asked,
  });
  app = await buildServer({
    logger: pino({ level: "silent" }),
    trustedProxies: "loopback",
    readStatus: () => readStatus(node.bank.status),
    readMetrics: async () => writeMetrics([]),
    people: {
      router: appRouter,
      createContext,
      identity: async (token) => actors.get(token),
      door: quietDoor(),
    },
    peers: {
      door: quietDoor(),
      keepRefused: () => undefined,
      router: appRouter,
      createContext,
      directory: {
        self: "azul",
        keys: createKeyRing([]),
        incarnations: new Incarnations(),
      },
      signer: generateSigningKey(),
      contacts: new Contacts([]),
    },
  });
  origin = await app.listen({ host: "127.0.0.1", port: 0 });
  const shop = await openAccountWith(banks.bank("azul"), 0);
  payer = await openAccountWith(banks.bank("verde"), 1_000_00);
  const input = { idempotencyKey: newKey(), account: shop, key: KEY };
  await banks.bank("azul").staff.pix.registerKey(input);
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString("utf8")));
    request.on("end", () => {
      const isRefused = refusals > 0;
      if (isRefused) refusals -= 1;
      else told.push({ body, signature: String(request.headers["pacto-signature"]) });
      response.writeHead(isRefused ? 503 : request.url === "/avisos/pix" ? 200 : 404).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
}, 60_000);

afterAll(async () => {
  receiver.close();
  await app.close();
  await banks.stop();
});

interface Reply {
  readonly status: number;
  readonly json: Record<string, unknown>;
}

async function ask(
  method: string,
  path: string,
  body?: unknown,
  token: string | null = TOKEN,
): Promise<Reply> {
  const response = await fetch(`${origin}/pix/api${path}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    json: text === "" ? {} : (JSON.parse(text) as Reply["json"]),
  };
}

const COB = {
  calendario: { expiracao: 3_600 },
  devedor: { cpf: "12345678909", nome: "Francisco da Silva" },
  valor: { original: "37.00" },
  chave: KEY,
  solicitacaoPagador: "Informe o número do pedido",
  infoAdicionais: [{ nome: "Pedido", valor: "42" }],
};

async function pay(code: unknown): Promise<string> {
  const order = { idempotencyKey: newKey(), fromAccount: payer, code: String(code) };
  const { pix } = await banks.bank("verde").staff.pix.send(order);
  expect(pix.state).toBe("committed");
  return pix.endToEndId;
}

const PERIOD = "inicio=2020-04-01T00:00:00Z&fim=2099-01-01T00:00:00Z";

test("a client of the Banco Central's API creates, reads, changes and removes a charge", async () => {
  const made = await ask("PUT", `/cob/${TXID}`, COB);
  expect(made.status).toBe(201);
  expect(made.json).toMatchObject({
    txid: TXID,
    revisao: 0,
    status: "ATIVA",
    calendario: { expiracao: 3_600 },
    devedor: { cpf: "12345678909", nome: "Francisco da Silva" },
    valor: { original: "37.00", modalidadeAlteracao: 0 },
    chave: KEY,
    solicitacaoPagador: "Informe o número do pedido",
    infoAdicionais: [{ nome: "Pedido", valor: "42" }],
    loc: { tipoCob: "cob" },
  });
  expect(parseBrCode(String(made.json["pixCopiaECola"])).brCode?.kind).toBe("dynamic");
  expect((await ask("PUT", `/cob/${TXID}`, COB)).json).toEqual(made.json);
  const patched = await ask("PATCH", `/cob/${TXID}`, { valor: { original: "38.50" } });
  expect(patched.json).toMatchObject({ revisao: 1, valor: { original: "38.50" } });
  expect(patched.json).toMatchObject({ devedor: { nome: "Francisco da Silva" } });
  expect((await ask("GET", `/cob/${TXID}?revisao=0`)).json).toMatchObject({
    valor: { original: "37.00" },
  });
  const removed = await ask("PATCH", `/cob/${TXID}`, {
    status: "REMOVIDA_PELO_USUARIO_RECEBEDOR",
  });
  expect(removed.json).toMatchObject({ status: "REMOVIDA_PELO_USUARIO_RECEBEDOR" });
  const posted = await ask("POST", "/cob", COB);
  expect(posted.status).toBe(201);
  expect(posted.json["txid"]).toMatch(/^[a-zA-Z0-9]{26,35}$/);
});

test("a charge with due date has its parts, and lists have their parameters", async () => {
  const txid = "b".repeat(26);
  const dueOn = addDays(saoPauloDate(new Date()), 30);
  const cobv = {
    ...COB,
    calendario: { dataDeVencimento: dueOn, validadeAposVencimento: 15 },
    valor: {
      original: "123.45",
      multa: { modalidade: 2, valorPerc: "15.00" },
      juros: { modalidade: 2, valorPerc: "2.00" },
      desconto: { modalidade: 1, descontoDataFixa: [{ data: dueOn, valorPerc: "30.00" }] },
    },
  };
  const made = await ask("PUT", `/cobv/${txid}`, cobv);
  expect(made.status).toBe(201);
  expect(made.json).toMatchObject({ ...cobv, status: "ATIVA", loc: { tipoCob: "cobv" } });
  expect((await ask("GET", `/cobv/${txid}`)).json).toEqual(made.json);
  expect((await ask("GET", `/cob/${txid}`)).status).toBe(404);

  const list = await ask("GET", `/cob?${PERIOD}&paginacao.itensPorPagina=1&status=ATIVA`);
  expect(list.json).toMatchObject({
    parametros: { paginacao: { paginaAtual: 0, itensPorPagina: 1, quantidadeTotalDeItens: 1 } },
    cobs: [{ status: "ATIVA" }],
  });
  const both = await ask("GET", `/cobv?${PERIOD}&cpf=12345678909&cnpj=12345678000195`);
  expect(both).toMatchObject({
    status: 400,
    json: { type: "https://pix.bcb.gov.br/api/v2/error/CobVConsultaInvalida" },
  });
});

test("failures are the API's own problems", async () => {
  const type = (name: string) => `https://pix.bcb.gov.br/api/v2/error/${name}`;
  expect(await ask("GET", `/cob/${"c".repeat(30)}`)).toMatchObject({
    status: 404,
    json: { type: type("CobNaoEncontrado"), status: 404 },
  });
  const wrong = await ask("PUT", `/cob/${"d".repeat(30)}`, {
    ...COB,
    valor: { original: "12,50" },
  });
  expect(wrong).toMatchObject({
    status: 400,
    json: { type: type("CobOperacaoInvalida"), violacoes: [{ propriedade: "valor.original" }] },
  });
  expect(await ask("PUT", "/cob/short", COB)).toMatchObject({
    status: 400,
    json: { type: type("CobOperacaoInvalida"), violacoes: [{ propriedade: "txid" }] },
  });
  const elsewhere = { ...COB, chave: "outra@example.com" };
  expect(await ask("PUT", `/cob/${"e".repeat(30)}`, elsewhere)).toMatchObject({
    status: 400,
    json: { type: type("CobOperacaoInvalida"), violacoes: [{ propriedade: "chave" }] },
  });
  expect(await ask("PUT", `/cob/${"f".repeat(30)}`, COB, AUDITOR)).toMatchObject({
    status: 403,
    json: { type: type("AcessoNegado") },
  });
  expect((await ask("GET", `/cob/${TXID}`, undefined, null)).status).toBe(403);
  expect(await ask("GET", "/nada")).toMatchObject({ json: { type: type("NaoEncontrado") } });
  expect(await ask("GET", "/cob")).toMatchObject({
    status: 400,
    json: { type: type("CobConsultaInvalida") },
  });
});

test("the payload at the charge's address is signed with a key of the bank's set", async () => {
  const { json } = await ask("POST", "/cob", COB);
  const token = String(json["location"]).split("/").at(-1) ?? "";
  const jwks = (await (await fetch(`${origin}/.well-known/jwks.json`)).json()) as JSONWebKeySet;
  const response = await fetch(`${origin}/pix/v2/${token}`);
  expect(response.headers.get("content-type")).toContain("application/jose");
  const { payload } = await compactVerify(await response.text(), createLocalJWKSet(jwks));
  expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
    txid: json["txid"],
    valor: { original: "37.00" },
    calendario: { apresentacao: expect.any(String) as string },
  });
  expect((await fetch(`${origin}/pix/v2/nobody-has-this-token`)).status).toBe(404);
});

test("received PIX and finished refunds are read, and told to the webhook in order, signed, until it answers", async () => {
  const { port } = receiver.address() as AddressInfo;
  const webhookUrl = `http://127.0.0.1:${port}/avisos`;
  expect((await ask("PUT", `/webhook/${KEY}`, { webhookUrl })).status).toBe(200);
  expect((await ask("GET", `/webhook/${KEY}`)).json).toMatchObject({ webhookUrl, chave: KEY });
  expect((await ask("GET", "/webhook")).json).toMatchObject({ webhooks: [{ chave: KEY }] });
  const plain = await ask("PUT", `/webhook/${KEY}`, { webhookUrl: "http://example.com/a" });
  expect(plain.status).toBe(400);
  refusals = 2;

  const { json: cob } = await ask("POST", "/cob", COB);
  const e2eid = await pay(cob["pixCopiaECola"]);
  await expect
    .poll(async () => (await ask("GET", `/pix/${e2eid}`)).status, { timeout: PATIENCE_MS })
    .toBe(200);
  const { json: pix } = await ask("GET", `/pix/${e2eid}`);
  expect(pix).toMatchObject({ endToEndId: e2eid, txid: cob["txid"], valor: "37.00", chave: KEY });
  expect((await ask("GET", `/cob/${String(cob["txid"])}`)).json).toMatchObject({
    status: "CONCLUIDA",
    pix: [{ endToEndId: e2eid }],
  });

  await expect.poll(() => told.length, { timeout: PATIENCE_MS }).toBe(1);
  const put = () => ask("PUT", `/pix/${e2eid}/devolucao/d1`, { valor: "7.00" });
  const refunded = await put();
  expect(refunded).toMatchObject({
    status: 201,
    json: { id: "d1", valor: "7.00", natureza: "ORIGINAL", status: "DEVOLVIDO" },
  });
  expect((await put()).json).toEqual(refunded.json);
  expect((await ask("GET", `/pix/${e2eid}/devolucao/d1`)).json).toEqual(refunded.json);
  expect(await ask("PUT", `/pix/${e2eid}/devolucao/d2`, { valor: "30.01" })).toMatchObject({
    status: 400,
    json: {
      type: "https://pix.bcb.gov.br/api/v2/error/PixDevolucaoInvalida",
      violacoes: [{ propriedade: "valor" }],
    },
  });
  expect(await ask("GET", `/pix/${e2eid}/devolucao/d9`)).toMatchObject({
    status: 404,
    json: { type: "https://pix.bcb.gov.br/api/v2/error/PixDevolucaoNaoEncontrada" },
  });
  const list = await ask("GET", `/pix?${PERIOD}&devolucaoPresente=true`);
  expect(list.json).toMatchObject({ pix: [{ endToEndId: e2eid, devolucoes: [{ id: "d1" }] }] });

  await expect.poll(() => told.length, { timeout: PATIENCE_MS }).toBe(2);
  const [received, refund] = told.map(({ body }) => JSON.parse(body) as { pix: object[] });
  expect(received?.pix).toMatchObject([{ endToEndId: e2eid, valor: "37.00" }]);
  expect(refund?.pix).toMatchObject([{ devolucoes: [{ id: "d1", status: "DEVOLVIDO" }] }]);
  const [member] = banks.manifest.members;
  const key = importPublicKey(member?.publicKeys[0]?.publicKey ?? "");
  for (const { body, signature } of told) {
    const [header = "", , proof = ""] = signature.split(".");
    const payload = Buffer.from(body).toString("base64url");
    await flattenedVerify({ protected: header, payload, signature: proof }, key);
  }
  expect((await ask("DELETE", `/webhook/${KEY}`)).status).toBe(204);
  expect((await ask("GET", `/webhook/${KEY}`)).json).toMatchObject({
    type: "https://pix.bcb.gov.br/api/v2/error/WebhookNaoEncontrado",
  });
});
