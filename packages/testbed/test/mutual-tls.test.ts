import { randomUUID } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { request } from "node:https";
import { type ConnectionOptions } from "node:tls";
import { newMessageId, loadSigningKey, signRequest } from "@pacto/contract/signing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Consortium } from "../src/consortium/start-consortium.ts";
import { readOrMakeAuthority } from "../src/keys/bank-certificates.ts";
import { type BankCertificate, issueCertificate, makeAuthority } from "../src/keys/certificates.ts";
import { startTestConsortium } from "../src/vitest/test-consortium.ts";

let consortium: Consortium;
let peerUrl: string;
beforeAll(async () => {
  consortium = await startTestConsortium({ mutualTls: true });
  peerUrl = consortium.manifest.members.find(({ id }) => id === "arizona")?.peerUrl ?? "";
});
afterAll(() => consortium.stop());

const hosts = ["127.0.0.1"];
const authority = () => readOrMakeAuthority(consortium.files.authority, "branches");

async function call<Answer>(bank: string, procedure: string, input: object): Promise<Answer> {
  const response = await fetch(`${consortium.bank(bank).url}/trpc/${procedure}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${await consortium.tokenOf(bank)()}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ idempotencyKey: randomUUID(), ...input }),
  });
  const body = (await response.json()) as { result?: { data: Answer } };
  if (body.result === undefined) throw new Error(JSON.stringify(body));
  return body.result.data;
}

async function openAccount(bank: string, openingDepositCentavos: number): Promise<string> {
  const person = { name: "Ana Souza", taxId: "390.533.447-05" };
  const { client } = await call<{ client: { id: string } }>(bank, "clients.create", person);
  const terms = { kind: "checking", holders: [client.id], openingDepositCentavos };
  const { account } = await call<{ account: { number: string } }>(bank, "accounts.open", terms);
  return account.number;
}

/** What became of texas' signed ping over a connection with that certificate: a status or an error. */
async function pingAsTexas(
  certificate: Partial<BankCertificate>,
  options: ConnectionOptions = {},
): Promise<string> {
  const key = await loadSigningKey(consortium.files.bank("texas").privateKey);
  const body = JSON.stringify({ items: [{}] });
  const path = "/trpc/commit.ping";
  const parties = {
    sender: "texas",
    receiver: "arizona",
    incarnation: 1,
    messageId: newMessageId(),
  };
  const signed = signRequest({ method: "POST", path, body }, parties, { key, nowMs: Date.now() });
  return new Promise((resolve) => {
    const sent = request(
      new URL(path, peerUrl),
      {
        method: "POST",
        agent: false,
        ca: [...(consortium.manifest.authorities ?? [])],
        ...(certificate.certificatePem === undefined ? {} : { cert: certificate.certificatePem }),
        ...(certificate.keyPem === undefined ? {} : { key: certificate.keyPem }),
        ...options,
        headers: { ...signed, "content-type": "application/json" },
      },
      (response) => {
        response.setEncoding("utf8");
        let text = "";
        response.on("data", (part: string) => (text += part));
        response.on("end", () => {
          const { error } = JSON.parse(text) as { error?: { code: string } };
          resolve(`${response.statusCode ?? 0}${error === undefined ? "" : ` ${error.code}`}`);
        });
      },
    );
    sent.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    sent.end(body);
  });
}

describe("banks whose manifest has certificates", () => {
  it("move money between them over mutual TLS", async () => {
    const [from, to] = [await openAccount("arizona", 1_000), await openAccount("texas", 0)];
    const { transfer } = await call<{ transfer: { state: string } }>(
      "arizona",
      "transfers.create",
      {
        from: [{ bank: "arizona", account: from, amountCentavos: 300 }],
        to: [{ bank: "texas", account: to, amountCentavos: 300 }],
        waitMs: 10_000,
      },
    );
    expect(transfer.state).toBe("committed");
  });

  it("hear each other on the port for banks, and nowhere else", async () => {
    const own = await issueCertificate(await authority(), { bank: "texas", hosts });
    expect(await pingAsTexas(own)).toBe("200");
    const answer = await fetch(`${consortium.bank("arizona").url}/trpc/commit.ping`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ items: [{}] }),
    });
    expect(answer.status).toBe(401);
  });

  it("let nobody in without a certificate, nor with one of another authority", async () => {
    expect(await pingAsTexas({})).toMatch(/CERTIFICATE_REQUIRED|ECONNRESET/);
    const stranger = await issueCertificate(await makeAuthority("other"), { bank: "texas", hosts });
    expect(await pingAsTexas(stranger)).toMatch(/UNKNOWN_CA|ECONNRESET/);
  });

  it("let nobody in with a certificate that is over, or not yet valid", async () => {
    const hour = 3_600_000;
    const issued = async (fromMs: number, toMs: number) =>
      issueCertificate(await authority(), {
        bank: "texas",
        hosts,
        validity: {
          notBefore: new Date(Date.now() + fromMs),
          notAfter: new Date(Date.now() + toMs),
        },
      });
    const over = await issued(-2 * hour, -hour);
    expect(await pingAsTexas(over)).toMatch(/CERTIFICATE_EXPIRED|ECONNRESET/);
    const early = await issued(hour, 2 * hour);
    expect(await pingAsTexas(early)).toMatch(/CERTIFICATE|ECONNRESET/);
  });

  it("refuse what one bank signed over another bank's connection", async () => {
    const other = await issueCertificate(await authority(), { bank: "roxo", hosts });
    expect(await pingAsTexas(other)).toBe("401 wrong-certificate");
    const arizona = await issueCertificate(await authority(), { bank: "arizona", hosts });
    expect(await pingAsTexas(arizona)).toBe("401 wrong-certificate");
  });

  it("speak TLS 1.3 and nothing older", async () => {
    const own = await issueCertificate(await authority(), { bank: "texas", hosts });
    expect(await pingAsTexas(own, { maxVersion: "TLSv1.2" })).toMatch(
      /EPROTO|PROTOCOL_VERSION|ECONNRESET/,
    );
  });

  it("keep their keys to themselves", async () => {
    for (const path of [
      consortium.files.bank("texas").tlsKey,
      `${consortium.files.authority}/key.pem`,
    ]) {
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect(await readFile(path, "utf8")).toMatch(/^-{5}BEGIN PRIVATE KEY-{5}/);
    }
  });
});
