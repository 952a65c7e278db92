import { describe, expect, it } from "vitest";
import {
  acceptorEnv,
  everyYes,
  promise,
  registered,
  signed,
  type Proof,
  type Work,
} from "../test/scenes.ts";
import { stepAcceptor, type AcceptorEvent, type AcceptorRecord } from "./acceptor.ts";
import type { AcceptMessage, Message } from "./messages.ts";
import { BALLOT_LEAP_MAX } from "./register.ts";
import type { Outcome, Vote, WitnessPromise } from "./statement.ts";

const of = signed(registered);

/** Proposers are a, b, c: ballot 4 is b's, 5 is c's, 6 is a's. */
function promising(ballot: number, from = "b"): AcceptorEvent<Work, Proof> {
  return { from, message: { kind: "promise", ...of, ballot } };
}

function accepting(
  ballot: number,
  outcome: Outcome,
  change: Partial<AcceptMessage<Work, Proof>> & { readonly from?: string } = {},
): AcceptorEvent<Work, Proof> {
  const { from = "a", ...rest } = change;
  const votes: readonly Vote<Proof>[] = outcome === "commit" ? everyYes : [];
  const promises: readonly WitnessPromise<Proof>[] = [];
  const message = { kind: "accept" as const, ...of, ballot, outcome, votes, promises, ...rest };
  return { from, message };
}

function after(...past: readonly AcceptorEvent<Work, Proof>[]) {
  let record: AcceptorRecord<Proof> | undefined;
  for (const event of past) record = stepAcceptor(record, event, acceptorEnv()).record;
  return record;
}

function reply(
  record: AcceptorRecord<Proof> | undefined,
  event: AcceptorEvent<Work, Proof>,
  env = acceptorEnv(),
): string {
  return inWord(stepAcceptor(record, event, env).reply);
}

function inWord(message: Message<Work, Proof> | null): string {
  if (message?.kind === "refused") return message.code;
  if (message?.kind === "outbid") return `outbid by ${message.promised}`;
  if (message?.kind === "accepted") return `accepted ${message.accept.outcome}`;
  if (message?.kind !== "promised") return "nothing";
  const { accepted } = message.promise;
  return accepted === null ? "free" : `holds ${accepted.outcome} of ${accepted.ballot}`;
}

const free = (ballot: number) => [promise("a", ballot, null), promise("w", ballot, null)];

describe("witness", () => {
  it("accepts ballot 0 from the coordinator, for a commit with every YES", () => {
    expect(reply(undefined, accepting(0, "commit"))).toBe("accepted commit");
    expect(after(accepting(0, "commit"))?.votes).toHaveLength(3);
  });

  it("accepts no commit without every YES, whoever asks (R25)", () => {
    const event = accepting(0, "commit", { votes: everyYes.slice(1) });
    expect(reply(undefined, event)).toBe("unjustified-proposal");
    expect(reply(undefined, accepting(0, "abort"))).toBe("unjustified-proposal");
  });

  it("keeps its promise: nothing below the ballot, ballot 0 included", () => {
    const record = after(promising(4));
    expect(reply(record, accepting(0, "commit"))).toBe("outbid by 4");
    expect(reply(after(promising(5, "c")), promising(4))).toBe("outbid by 5");
  });

  it("reports what it accepted, with the votes behind it", () => {
    const record = after(accepting(0, "commit"));
    const step = stepAcceptor(record, promising(4), acceptorEnv());
    expect(inWord(step.reply)).toBe("holds commit of 0");
    expect(step.reply).toMatchObject({ votes: everyYes });
    expect(step.record).toMatchObject({ promised: 4, accepted: { outcome: "commit", ballot: 0 } });
  });

  it("accepts above ballot 0 only what a majority of promises demands", () => {
    const from = "b";
    const unbacked = accepting(4, "abort", { from });
    expect(reply(undefined, unbacked)).toBe("unjustified-proposal");
    expect(reply(undefined, accepting(4, "abort", { from, promises: free(4) }))).toBe(
      "accepted abort",
    );
    const promises = [promise("a", 4, { ballot: 0, outcome: "commit" }), promise("w", 4, null)];
    expect(reply(undefined, accepting(4, "abort", { from, promises }))).toBe(
      "unjustified-proposal",
    );
    expect(reply(undefined, accepting(4, "commit", { from, promises }))).toBe("accepted commit");
  });

  it("counts neither strangers' promises nor those of other ballots or transactions", () => {
    const from = "b";
    const elsewhere = { ...promise("w", 4, null), hash: "h2" };
    for (const odd of [promise("x", 4, null), promise("w", 1, null), elsewhere]) {
      const promises = [promise("a", 4, null), odd];
      expect(reply(undefined, accepting(4, "abort", { from, promises }))).toBe(
        "unjustified-proposal",
      );
    }
  });

  it("repeats itself in the same bytes, and lets nobody propose twice at one ballot", () => {
    const record = after(accepting(0, "commit"));
    const again = stepAcceptor(record, accepting(0, "commit"), acceptorEnv());
    expect(again.record).toBe(record);
    expect(inWord(again.reply)).toBe("accepted commit");
    expect(reply(record, accepting(0, "abort"))).toBe("unjustified-proposal");
  });

  it("hears only banks that take part, each at its own ballots, and only as a named witness", () => {
    expect(reply(undefined, promising(4, "w"))).toBe("not-named");
    expect(reply(undefined, promising(4, "c"))).toBe("unjustified-proposal");
    expect(reply(undefined, promising(-2))).toBe("unjustified-proposal");
    expect(reply(undefined, promising(4), acceptorEnv({ self: "c" }))).toBe("not-named");
    const other = { from: "b", message: { ...promising(4).message, hash: "h2" } };
    expect(reply(after(promising(4)), other)).toBe("conflicting-descriptor");
  });

  it("cannot be pushed to the end of the ballots, where nobody could follow (R25)", () => {
    const last = Number.MAX_SAFE_INTEGER - (Number.MAX_SAFE_INTEGER % 3) - 2;
    expect(reply(undefined, promising(last))).toBe("unjustified-proposal");
    const from = "b";
    const highest = accepting(last, "abort", { from, promises: free(last) });
    expect(reply(undefined, highest)).toBe("unjustified-proposal");
    // What comes after every ballot that honest rivals get to is in reach all the same.
    const leap = 3 * Math.floor(BALLOT_LEAP_MAX / 3);
    const [far, farther, tooFar] = [1, 1 + leap, 4 + leap];
    expect(reply(after(promising(far)), promising(tooFar))).toBe("unjustified-proposal");
    expect(reply(after(promising(far)), promising(farther))).toBe("free");
    expect(reply(after(promising(farther)), promising(tooFar))).toBe("free");
  });

  it("says nothing about what a restore may have made it forget (R48)", () => {
    const fence = { watermark: 0, forgottenUpTo: 5, incarnation: 0 };
    for (const env of [acceptorEnv({ recovering: true }), acceptorEnv({ fence })]) {
      expect(reply(after(promising(4)), promising(7), env)).toBe("recovering");
      expect(reply(undefined, accepting(0, "commit"), env)).toBe("recovering");
    }
  });

  it("turns away what is finished and compacted (R31)", () => {
    const fence = { watermark: 5, forgottenUpTo: 0, incarnation: 0 };
    expect(reply(undefined, promising(4), acceptorEnv({ fence }))).toBe("stale-sequence");
  });
});
