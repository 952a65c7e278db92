import type {
  BranchProgress,
  BranchView,
  Refusal,
  TransferState,
  TransferView,
} from "@pacto/contract";

/**
 * How far one step of one bank is. `waiting`: it is this step's turn; `pending`: not yet;
 * `skipped`: it will never come; `unknown`: nobody who answers can say.
 */
export type Step = "done" | "refused" | "waiting" | "pending" | "skipped" | "unknown";

export interface HeldLeg {
  readonly account: string;
  readonly direction: "debit" | "credit";
  readonly amountCentavos: number;
}

export interface BankProgress {
  readonly bank: string;
  readonly prepare: Step;
  readonly vote: Step;
  readonly decision: Step;
  readonly applied: Step;
  /** What this bank has promised and neither applied nor released yet. */
  readonly held: readonly HeldLeg[];
  /** Set where two persons of the bank ended the doubt on their own. */
  readonly forced: "commit" | "abort" | null;
}

/** What can be known of a transfer now, from its coordinator, its participants, or both. */
export interface Told {
  readonly state: TransferState | "unknown";
  readonly isSettled: boolean;
  readonly banks: readonly BankProgress[];
  /** The banks that the transfer waits for now. */
  readonly waitingFor: readonly string[];
  readonly refusal: Refusal | null;
}

/**
 * Puts together what the coordinator told (`view`; it may be old or missing) and what each bank
 * tells of its own branch. A branch that has applied a decision proves it, whoever is away.
 */
export function tellProgress(
  coordinator: string,
  view: TransferView | null,
  branches: readonly BranchView[],
): Told {
  const decided = branches.map(({ state }) => state).find(isOutcome);
  const isDecidedInView = view?.state === "committed" || view?.state === "aborted";
  const state: Told["state"] = isDecidedInView ? view.state : (decided ?? view?.state ?? "unknown");
  const ids = new Set(
    view === null ? branches.map(({ bank }) => bank) : view.branches.map(({ bank }) => bank),
  );
  const banks = [...ids].map((bank) => {
    const own = branches.find((branch) => branch.bank === bank) ?? null;
    return tellBank(bank, state, view, own);
  });
  const isSettled = view?.settled ?? false;
  const waitingFor = isSettled ? [] : findWaitedFor(coordinator, state, banks);
  const refusal = view?.refusal ?? branches.find((branch) => branch.refusal)?.refusal ?? null;
  return { state, isSettled, banks, waitingFor, refusal };
}

function tellBank(
  bank: string,
  state: Told["state"],
  view: TransferView | null,
  own: BranchView | null,
): BankProgress {
  const seen = view?.branches.find((branch) => branch.bank === bank);
  const isDecided = state === "committed" || state === "aborted";
  const isOpen = isDecided && seen?.decision === "sent";
  const isApplied =
    (own !== null && isOutcome(own.state)) || (isDecided && seen?.decision === "applied");
  const vote = tellVote(isDecided, seen, own);
  const prepare: Step = vote === "done" || vote === "refused" ? "done" : vote;
  // A bank that said no has nothing to apply: its own no was its end.
  const takesPart = vote === "done" || (isOpen && vote !== "refused");
  const { decision, applied } = tellEnd({ isDecided, isOpen, isApplied, takesPart });
  const forced = own === null ? null : (FORCED[own.state] ?? null);
  const holds = vote === "done" && !isApplied && forced === null;
  const held = holds ? legsOf(bank, view, own) : [];
  return { bank, prepare, vote, decision, applied, held, forced };
}

/** What two persons of a bank decided there without the consortium, by the branch's state (R32). */
const FORCED: Partial<Record<BranchView["state"], "commit" | "abort">> = {
  "heuristic-commit": "commit",
  "heuristic-abort": "abort",
};

/** A forced branch says nothing of the consortium's outcome. */
function isOutcome(state: BranchView["state"]): state is "committed" | "aborted" {
  return state === "committed" || state === "aborted";
}

interface End {
  readonly isDecided: boolean;
  /** The decision was sent to it, and it has not said yet that it stands there. */
  readonly isOpen: boolean;
  readonly isApplied: boolean;
  readonly takesPart: boolean;
}

function tellEnd(end: End): { decision: Step; applied: Step } {
  const { isDecided, isOpen, isApplied, takesPart } = end;
  if (!isDecided) return { decision: takesPart ? "waiting" : "pending", applied: "pending" };
  if (!takesPart) return { decision: "skipped", applied: "skipped" };
  if (isApplied) return { decision: "done", applied: "done" };
  return { decision: isOpen ? "done" : "waiting", applied: "waiting" };
}

function tellVote(
  isDecided: boolean,
  seen: BranchProgress | undefined,
  own: BranchView | null,
): Step {
  if (seen?.vote === "no" || (own?.refusal ?? null) !== null) return "refused";
  if (seen?.vote === "yes" || own !== null) return "done";
  if (seen === undefined) return "unknown";
  if (!isDecided) return "waiting";
  // Given up before it answered: while it has not confirmed, it may hold money all the same.
  return seen.decision === "sent" ? "unknown" : "skipped";
}

function legsOf(bank: string, view: TransferView | null, own: BranchView | null): HeldLeg[] {
  if (own !== null) return own.legs;
  if (view === null) return [];
  const legs = (direction: "debit" | "credit", sides: TransferView["from"]) =>
    sides
      .filter((side) => side.bank === bank)
      .map(({ account, amountCentavos }) => ({ account, direction, amountCentavos }));
  return [...legs("debit", view.from), ...legs("credit", view.to)];
}

/** Before the decision the banks that have not voted, else the coordinator; then who must apply. */
function findWaitedFor(
  coordinator: string,
  state: Told["state"],
  banks: readonly BankProgress[],
): string[] {
  if (state === "committed" || state === "aborted") {
    return banks.filter(({ applied }) => applied === "waiting").map(({ bank }) => bank);
  }
  const voting = banks.filter(({ vote }) => vote === "waiting").map(({ bank }) => bank);
  return voting.length > 0 ? voting : [coordinator];
}
