import type { SummaryOutput } from "@pacto/contract";
import { describe, expect, it } from "vitest";
import { addUp, type BankFigures, judgePositions, type Total } from "./add-up.ts";

function figures(bank: string, customersCentavos: number, isReachable = true): BankFigures {
  const summary: SummaryOutput = {
    bank,
    clients: 1,
    accounts: 1,
    customersCentavos,
    clearingCentavos: 0,
    heldCentavos: 0,
    incomingCentavos: 0,
    ledgerSumCentavos: 0,
    at: "2026-11-21T12:00:00.000Z",
  };
  return { bank, isReachable, summary, readAt: 1_000 };
}

const customers = (summary: SummaryOutput) => summary.customersCentavos;

describe("totals over the banks", () => {
  it("adds every bank that answers", () => {
    const total = addUp([figures("azul", 100_00), figures("verde", 50_01)], customers);
    expect(total).toEqual({ centavos: 150_01n, isComplete: true, leftOut: [] });
  });

  it("leaves out a bank that is offline and names its last figure", () => {
    const total = addUp([figures("azul", 100_00), figures("coral", 800_00, false)], customers);
    expect(total.centavos).toBe(100_00n);
    expect(total.isComplete).toBe(false);
    expect(total.leftOut).toEqual([{ bank: "coral", lastCentavos: 800_00n, readAt: 1_000 }]);
  });

  it("says that it knows nothing of a bank that was never read", () => {
    const never = { bank: "coral", isReachable: false, summary: null, readAt: null };
    expect(addUp([never], customers).leftOut[0]?.lastCentavos).toBeNull();
  });

  it("keeps every centavo beyond what a double holds", () => {
    const most = Number.MAX_SAFE_INTEGER;
    const total = addUp([figures("azul", most), figures("verde", most)], customers);
    expect(total.centavos).toBe(2n * BigInt(most));
  });
});

function whole(centavos: bigint): Total {
  return { centavos, isComplete: true, leftOut: [] };
}

describe("positions between banks", () => {
  it("are balanced at zero and unknown with a bank away", () => {
    expect(judgePositions(whole(0n), 0, 0)).toBe("balanced");
    expect(judgePositions({ ...whole(0n), isComplete: false }, 0, 0)).toBe("unknown");
  });

  it("move while a transfer is open and are broken only when they stay off zero at rest", () => {
    expect(judgePositions(whole(5n), 1, 60_000)).toBe("moving");
    expect(judgePositions(whole(5n), 0, 1_000)).toBe("moving");
    expect(judgePositions(whole(5n), 0, 6_000)).toBe("broken");
  });
});
