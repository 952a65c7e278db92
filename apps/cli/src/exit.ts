import type { ApprovalView, Refusal } from "@pacto/contract";

/** Done, refused, wrong usage, unreachable or outcome unknown. */
export type ExitCode = 0 | 1 | 2 | 3;

/** A bank said no, or would: nothing was done. Exit 1. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly refusal: Refusal;

  constructor(code: Refusal["code"], details: Refusal["details"] = {}) {
    super(code);
    this.refusal = { code, details };
  }
}

/** The command was not understood; the message is a sentence in the reader's language. Exit 2. */
export class WrongUsage extends Error {
  override readonly name = "WrongUsage";
}

/** What an unreachable bank leaves open; the key asks again without doing it twice. */
export interface OpenQuestion {
  readonly bank: string;
  /** False when nothing was sent, so nothing was done. */
  readonly mayBeDone: boolean;
  readonly key: string | null;
}

/** A bank did not answer, or not with an outcome. Exit 3. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
  readonly question: OpenQuestion;

  constructor(question: OpenQuestion, cause?: unknown) {
    super(`bank ${question.bank} did not answer`, { cause });
    this.question = question;
  }
}

/** What would have been sent; nothing was. Exit 0. */
export class DryRun extends Error {
  override readonly name = "DryRun";
  readonly bank: string;
  /** The procedure: `cash.deposit`. */
  readonly verb: string;
  readonly input: unknown;

  constructor(bank: string, verb: string, input: unknown) {
    super(`dry run of ${verb}`);
    this.bank = bank;
    this.verb = verb;
    this.input = input;
  }
}

/** A second person was asked to allow it; nothing was done yet. Exit 0. */
export class ApprovalAsked extends Error {
  override readonly name = "ApprovalAsked";
  readonly bank: string;
  readonly approval: ApprovalView;

  constructor(bank: string, approval: ApprovalView) {
    super(`approval ${approval.id} was asked for`);
    this.bank = bank;
    this.approval = approval;
  }
}

/** What no second person can be asked to allow. Exit 2. */
export class NotApprovable extends Error {
  override readonly name = "NotApprovable";
  /** The procedure: `clients.create`. */
  readonly verb: string;

  constructor(verb: string) {
    super(`${verb} takes no approval`);
    this.verb = verb;
  }
}

/** No consortium or no database where they were looked for. Exit 3. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}
