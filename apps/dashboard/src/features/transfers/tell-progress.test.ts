import type { BranchProgress, BranchView, TransferView } from "@pacto/contract";
import { describe, expect, it } from "vitest";
import { tellProgress } from "./tell-progress.ts";

const id = "0193f000-0000-7000-8000-000000000001";

function view(
  state: TransferView["state"],
  branches: readonly [string, BranchProgress["vote"], BranchProgress["decision"]][],
  over: Partial<TransferView> = {},
): TransferView {
  return {
    id,
    coordinator: "azul",
    state,
    settled: false,
    from: [
      { bank: "azul", account: "10-1", amountCentavos: 200_00 },
      { bank: "ambar", account: "30-3", amountCentavos: 150_00 },
    ],
    to: [{ bank: "coral", account: "40-4", amountCentavos: 350_00 }],
    totalCentavos: 350_00,
    purpose: "",
    branches: branches.map(([bank, vote, decision]) => ({ bank, vote, decision })),
    refusal: null,
    createdAt: "2026-11-21T12:00:00.000Z",
    decidedAt: null,
    ...over,
  };
}

function branch(bank: string, state: BranchView["state"]): BranchView {
  return {
    bank,
    transactionId: id,
    coordinator: "azul",
    state,
    legs: [{ account: "30-3", direction: "debit", amountCentavos: 150_00 }],
    refusal: null,
    votedAt: "2026-11-21T12:00:00.000Z",
    decidedAt: null,
  };
}

describe("a transfer's progress", () => {
  it("waits for the banks that have not voted", () => {
    const told = tellProgress(
      "azul",
      view("preparing", [
        ["azul", "yes", "pending"],
        ["ambar", "pending", "pending"],
        ["coral", "yes", "pending"],
      ]),
      [],
    );
    expect(told.waitingFor).toEqual(["ambar"]);
    expect(told.banks[1]).toMatchObject({ prepare: "waiting", vote: "waiting", held: [] });
    expect(told.banks[2]?.held).toEqual([
      { account: "40-4", direction: "credit", amountCentavos: 350_00 },
    ]);
  });

  it("shows what a bank that is away still holds after the decision, and waits for it", () => {
    const told = tellProgress(
      "azul",
      view("committed", [
        ["azul", "yes", "applied"],
        ["ambar", "yes", "sent"],
        ["coral", "yes", "applied"],
      ]),
      [],
    );
    expect(told.waitingFor).toEqual(["ambar"]);
    expect(told.banks[1]).toEqual({
      bank: "ambar",
      prepare: "done",
      vote: "done",
      decision: "done",
      applied: "waiting",
      forced: null,
      held: [{ account: "30-3", direction: "debit", amountCentavos: 150_00 }],
    });
  });

  it("takes a participant's own word while the coordinator is away", () => {
    const told = tellProgress("azul", null, [branch("ambar", "prepared")]);
    expect(told).toMatchObject({ state: "unknown", isSettled: false, waitingFor: ["azul"] });
    expect(told.banks[0]).toMatchObject({ vote: "done", decision: "waiting" });
    expect(told.banks[0]?.held).toHaveLength(1);
  });

  it("knows the decision once any bank has applied it", () => {
    const old = view("preparing", [
      ["azul", "yes", "pending"],
      ["ambar", "yes", "pending"],
      ["coral", "yes", "pending"],
    ]);
    const told = tellProgress("azul", old, [branch("coral", "committed")]);
    expect(told.state).toBe("committed");
    expect(told.banks[2]).toMatchObject({ applied: "done", held: [] });
    expect(told.waitingFor).toEqual(["azul", "ambar"]);
  });

  it("asks nothing more of a bank that said no, and tells why", () => {
    const refusal = { code: "insufficient-funds", details: { bank: "ambar" } } as const;
    const told = tellProgress(
      "azul",
      view(
        "aborted",
        [
          ["azul", "yes", "applied"],
          ["ambar", "no", "applied"],
        ],
        { refusal },
      ),
      [],
    );
    expect(told.refusal).toBe(refusal);
    expect(told.banks[1]).toMatchObject({ vote: "refused", applied: "skipped", held: [] });
  });

  it("waits for a bank that was given up on until it confirms that it holds nothing", () => {
    const told = tellProgress(
      "azul",
      view("aborted", [
        ["azul", "yes", "applied"],
        ["ambar", "pending", "applied"],
        ["coral", "pending", "sent"],
      ]),
      [],
    );
    expect(told.banks[1]).toMatchObject({ vote: "skipped", applied: "skipped" });
    expect(told.banks[2]).toMatchObject({ vote: "unknown", applied: "waiting" });
    expect(told.waitingFor).toEqual(["coral"]);
  });

  it("waits for nobody once it is settled", () => {
    const told = tellProgress(
      "azul",
      view("committed", [["azul", "yes", "applied"]], { settled: true }),
      [],
    );
    expect(told).toMatchObject({ isSettled: true, waitingFor: [] });
  });
});

describe("a branch that two persons forced", () => {
  it("says nothing of the consortium's outcome, and holds nothing any more", () => {
    const told = tellProgress("azul", null, [branch("ambar", "heuristic-abort")]);
    expect(told.state).toBe("unknown");
    expect(told.banks[0]).toMatchObject({ forced: "abort", held: [], applied: "pending" });
  });
});
