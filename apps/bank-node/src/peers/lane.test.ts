import { describe, expect, it } from "vitest";
import { BYTES_MAX, ITEMS_MAX, Lane, type Parcel } from "./lane.ts";

function parcel(text: string, changes: Partial<Parcel> = {}): Parcel {
  return {
    text,
    bytes: text.length,
    deadlineAt: 0,
    isAlone: false,
    isSettled: () => false,
    settle: () => undefined,
    ...changes,
  };
}

function laneWith(...parcels: readonly Parcel[]): Lane {
  const lane = new Lane("commit.prepare");
  for (const each of parcels) lane.add(each);
  return lane;
}

const texts = (parcels: readonly Parcel[]) => parcels.map(({ text }) => text);

describe("the queue to a peer's procedure", () => {
  it("takes all that is queued, up to its bound, in order", () => {
    const many = Array.from({ length: ITEMS_MAX + 5 }, (_, index) => parcel(String(index)));
    const lane = laneWith(...many);
    expect(texts(lane.take())).toEqual(texts(many.slice(0, ITEMS_MAX)));
    expect(texts(lane.take())).toEqual(texts(many.slice(ITEMS_MAX)));
    expect(lane.take()).toEqual([]);
  });

  it("never passes the size that a peer accepts", () => {
    const half = { bytes: BYTES_MAX / 2 };
    const lane = laneWith(parcel("a", half), parcel("b", { bytes: 10 }), parcel("c", half));
    expect(texts(lane.take())).toEqual(["a", "b"]);
    expect(texts(lane.take())).toEqual(["c"]);
  });

  it("drops what is settled already, because its caller waits no more", () => {
    const settled = { isSettled: () => true };
    const lane = laneWith(parcel("a", settled), parcel("b"), parcel("c", settled));
    expect(texts(lane.take())).toEqual(["b"]);
    expect(lane.length).toBe(0);
  });

  it("sends alone what was refused in company", () => {
    const alone = { isAlone: true };
    const lane = laneWith(parcel("a", alone), parcel("b", alone), parcel("c"), parcel("d"));
    expect([lane.take(), lane.take(), lane.take()].map(texts)).toEqual([["a"], ["b"], ["c", "d"]]);
  });
});
