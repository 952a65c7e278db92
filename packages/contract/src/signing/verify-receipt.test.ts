import type { Statement } from "@pacto/atomic-commit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Receipt } from "../operations.ts";
import { hashCanonical } from "./canonical-json.ts";
import { generateSigningKey } from "./keys.ts";
import { signStatements } from "./statements.ts";
import { verifyReceipt } from "./verify-receipt.ts";

const banks = ["azul", "verde", "coral"] as const;
type Bank = (typeof banks)[number];
const keys = {
  azul: generateSigningKey(),
  verde: generateSigningKey(),
  coral: generateSigningKey(),
};
const manifest = {
  members: banks.map((id) => ({
    id,
    ispb: "00000001",
    name: id,
    colour: "#000000",
    mark: "AA",
    url: "",
    publicKeys: [keys[id]].map(({ keyId, publicKey }) => ({ keyId, publicKey })),
    trust: [],
    caps: {},
  })),
};
const id = "01920000-0000-7000-8000-000000000001";
const leg = (direction: "debit" | "credit", amountCentavos: number) => ({
  account: "10001-2",
  direction,
  amountCentavos,
});

function descriptorOf(kind: "local" | "register"): Receipt["descriptor"] {
  return {
    id,
    coordinator: "azul",
    incarnation: 1,
    sequence: 7,
    branches: [
      { bank: "azul", work: { kind: "money", legs: [leg("debit", 20_000)], description: "x" } },
      { bank: "verde", work: { kind: "money", legs: [leg("debit", 15_000)], description: "x" } },
      { bank: "coral", work: { kind: "money", legs: [leg("credit", 35_000)], description: "x" } },
    ],
    decider: kind === "local" ? { kind } : { kind, witnesses: [...banks] },
    prepareWithinMs: 3_000,
    purpose: "transfer",
  };
}

/** Signs among other statements of the same flush, so that proofs have a path. */
function sign(statement: Statement) {
  const others = [1, 2].map((number) => ({ kind: "other", number }));
  const proofs = signStatements([...others, statement, ...others], keys[statement.bank as Bank]);
  const proof = proofs[2];
  if (proof === undefined) throw new Error("no proof");
  return { ...proof, path: [...proof.path] };
}

function voteOf(hash: string, bank: Bank, vote: "yes" | "no"): NonNullable<Receipt["vote"]> {
  const reason = vote === "yes" ? null : { code: "insufficient-funds" };
  const said = { transaction: id, hash, bank, vote, reason };
  return { ...said, proof: sign({ kind: "vote", ...said }) };
}

function receiptOf(decider: "local" | "register", outcome: "commit" | "abort" | null): Receipt {
  const descriptor = descriptorOf(decider);
  const hash = hashCanonical(descriptor);
  const subject = { transaction: id, hash };
  const votes =
    outcome === "abort"
      ? [voteOf(hash, "coral", "no")]
      : banks.map((bank) => voteOf(hash, bank, "yes"));
  const decided = { kind: "decision", ...subject, bank: "azul", outcome: "commit" } as const;
  const { kind: _, ...decision } = decided;
  const accepts = (["azul", "coral"] as const).map((bank) => {
    const accept = { ...subject, bank, ballot: 0, outcome: "commit" as const };
    return { ...accept, proof: sign({ kind: "accept", ...accept }) };
  });
  const isCommit = outcome === "commit";
  return {
    pacto: "receipt/1",
    bank: "coral",
    hash,
    descriptor,
    descriptorProof: sign({ kind: "descriptor", ...subject, bank: "azul" }),
    vote: voteOf(hash, "coral", outcome === "abort" ? "no" : "yes"),
    certificate:
      outcome === null
        ? null
        : {
            ...subject,
            outcome,
            votes,
            decision:
              isCommit && decider === "local" ? { ...decision, proof: sign(decided) } : null,
            accepts: isCommit && decider === "register" ? accepts : [],
          },
    heuristic: null,
    issuedAt: "2026-11-21T03:00:00.000Z",
  };
}

const proves = (candidate: unknown) => verifyReceipt(candidate, manifest).proves;

describe("a receipt", () => {
  it.each(["local", "register"] as const)("proves a commit and an abort (%s)", (decider) => {
    const { checks, ...commit } = verifyReceipt(receiptOf(decider, "commit"), manifest);
    expect(checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(commit.proves).toBe("commit");
    expect(proves(receiptOf(decider, "abort"))).toBe("abort");
  });

  it("proves no outcome while the bank does not know one", () => {
    expect(proves(receiptOf("local", null))).toBe("undecided");
  });

  it("says what is missing when the statements do not suffice", () => {
    const receipt = receiptOf("register", "commit");
    const { certificate } = receipt;
    if (certificate === null) throw new Error("no certificate");
    const cut = { ...receipt, certificate: { ...certificate, votes: certificate.votes.slice(1) } };
    const failed = (candidate: unknown) =>
      verifyReceipt(candidate, manifest).checks.filter(({ passed }) => !passed);
    expect(failed(cut)).toMatchObject([{ check: "certificate", fault: "votes" }]);
    const lonely = { ...certificate, accepts: certificate.accepts.slice(1) };
    const short = { ...receipt, certificate: lonely };
    expect(failed(short)).toMatchObject([{ check: "certificate", fault: "accepts" }]);
    const liar = { ...receipt, vote: voteOf(receipt.hash, "coral", "no") };
    expect(failed(liar)).toMatchObject([{ check: "contradiction", banks: ["coral"] }]);
    const borrowed = { ...receipt, vote: voteOf(receipt.hash, "verde", "yes") };
    expect(failed(borrowed)).toMatchObject([{ check: "own-vote" }]);
  });

  it("proves nothing with the keys of another consortium", () => {
    const strangers = manifest.members.map((member) => {
      const { keyId, publicKey } = generateSigningKey();
      return { ...member, publicKeys: [{ keyId, publicKey }] };
    });
    expect(verifyReceipt(receiptOf("local", "commit"), { members: strangers }).proves).toBe(
      "nothing",
    );
  });

  it("is refused politely when it is none", () => {
    for (const candidate of [null, undefined, 1, "x", [], {}, { pacto: "receipt/2" }]) {
      expect(verifyReceipt(candidate, manifest)).toMatchObject({
        receipt: null,
        proves: "nothing",
      });
    }
  });
});

/** Paths to all that is in a JSON value and is no container. */
function leaves(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, [...path, name]));
}

/** Another value at a path: a character, a number, or what was null. */
function changed(value: unknown, path: readonly string[], at: number): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return otherLeaf(value, at);
  if (Array.isArray(value)) {
    return value.map((inner, index) =>
      String(index) === name ? changed(inner, rest, at) : (inner as unknown),
    );
  }
  const members = value as Readonly<Record<string, unknown>>;
  return { ...members, [name]: changed(members[name], rest, at) };
}

function otherLeaf(leaf: unknown, at: number): unknown {
  if (typeof leaf === "number") return leaf + 1 + (at % 3);
  if (typeof leaf !== "string") return "changed";
  if (leaf === "") return "x";
  const index = at % leaf.length;
  const character = leaf[index] ?? "";
  const others = "aAbBzZ0129-_ ".replace(character, "");
  const other = others[Math.floor(at / leaf.length) % others.length] ?? "";
  return leaf.slice(0, index) + other + leaf.slice(index + 1);
}

/** Nobody signs these, so nothing is proven of them. */
const UNSIGNED = new Set(["issuedAt", "heuristic"]);

describe("a changed receipt", () => {
  const receipts = [
    receiptOf("local", "commit"),
    receiptOf("register", "commit"),
    receiptOf("local", "abort"),
    receiptOf("register", "abort"),
  ];

  it("proves nothing, whichever signed byte, proof or amount was changed", () => {
    const positions = receipts.flatMap((receipt) =>
      leaves(receipt)
        .filter(([name = ""]) => !UNSIGNED.has(name))
        .map((path) => ({ receipt, path })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...positions), fc.nat(), ({ receipt, path }, at) => {
        expect(proves(changed(receipt, path, at))).toBe("nothing");
      }),
      { numRuns: 1_500 },
    );
  });

  it("is never told as another outcome, whatever is left out", () => {
    fc.assert(
      fc.property(fc.constantFrom(...receipts), fc.nat(), fc.nat(), (receipt, which, at) => {
        const { certificate } = receipt;
        if (certificate === null) return;
        const list = (["votes", "accepts"] as const)[which % 2] ?? "votes";
        const less = certificate[list].toSpliced(at % 4, 1);
        const verdict = proves({ ...receipt, certificate: { ...certificate, [list]: less } });
        expect([certificate.outcome, "nothing"]).toContain(verdict);
      }),
      { numRuns: 300 },
    );
  });
});
