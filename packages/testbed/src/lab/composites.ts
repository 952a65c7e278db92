import { taxIdCheckDigits } from "@pacto/banking";
import { z } from "zod";
import { callBank } from "../chaos/bank-api.ts";
import type { TokenSource } from "../consortium/staff-tokens.ts";
import { createRandom, type Random } from "../chaos/random.ts";

/** A bank as somebody at a counter reaches it. */
export interface LabDoor {
  readonly bank: string;
  readonly url: string;
  readonly token: TokenSource;
}

export interface Side {
  readonly bank: string;
  readonly account: string;
  readonly amountCentavos: number;
}

/** What one composite of the Lab asks for; `coordinator` is its first payer's bank unless told. */
export interface Composite {
  readonly coordinator: string;
  readonly from: readonly Side[];
  readonly to: readonly Side[];
}

const DEPOSIT_CENTAVOS = 100_000_00;
const AMOUNT_MAX = 20_00;
const PAYERS_MAX = 3;
const TIMEOUT_MS = 10_000;
/** Stem of the CPF of the Lab's own client, the same at every bank. */
const STEM = "987654320";

const created = z.object({ client: z.object({ id: z.string() }) });
const opened = z.object({ account: z.object({ number: z.string() }) });

/** The Lab's own account at a bank, opened at the first time; null while the bank cannot say. */
export async function openLabAccount(door: LabDoor): Promise<string | null> {
  const call = {
    url: door.url,
    token: door.token,
    type: "mutation",
    timeoutMs: TIMEOUT_MS,
  } as const;
  const client = await callBank({
    ...call,
    procedure: "clients.create",
    input: {
      idempotencyKey: "pacto-lab:client",
      name: "Laboratório",
      taxId: `${STEM}${taxIdCheckDigits(STEM)}`,
    },
    output: created,
  });
  if (client.kind !== "answer") return null;
  const account = await callBank({
    ...call,
    procedure: "accounts.open",
    input: {
      idempotencyKey: "pacto-lab:account",
      kind: "checking",
      holders: [client.value.client.id],
      openingDepositCentavos: DEPOSIT_CENTAVOS,
    },
    output: opened,
  });
  return account.kind === "answer" ? account.value.account.number : null;
}

/** The same composites for the same seed and the same accounts, one after the other. */
export class Composites {
  readonly seed: number;
  readonly #random: Random;

  constructor(seed: number) {
    this.seed = seed;
    this.#random = createRandom(seed).fork("composites");
  }

  /** Two or three banks pay one other; those that are named pay, and the first of them leads. */
  next(
    accounts: ReadonlyMap<string, string>,
    ...named: readonly (string | undefined)[]
  ): Composite {
    const random = this.#random;
    const banks = [...accounts.keys()].toSorted();
    const order = random.sample(banks, banks.length);
    const wanted = named.filter((bank) => bank !== undefined && banks.includes(bank)) as string[];
    const drawn = [...new Set([...wanted, ...order])];
    const payers = Math.min(random.between(2, PAYERS_MAX), drawn.length - 1);
    const from = drawn.slice(0, payers).map((bank) => ({
      bank,
      account: accounts.get(bank) ?? "",
      amountCentavos: random.between(1_00, AMOUNT_MAX),
    }));
    const payee = drawn[payers] ?? "";
    const total = from.reduce((sum, { amountCentavos }) => sum + amountCentavos, 0);
    return {
      coordinator: named[0] ?? from[0]?.bank ?? "",
      from,
      to: [{ bank: payee, account: accounts.get(payee) ?? "", amountCentavos: total }],
    };
  }
}
