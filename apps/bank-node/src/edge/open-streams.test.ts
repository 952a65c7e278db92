import { expect, it } from "vitest";
import { OpenStreams } from "./open-streams.ts";

it("gives one person some streams and leaves room for others, up to a bound for all", () => {
  const streams = new OpenStreams({ ofOneMax: 2, ofAllMax: 3 });
  const forget = streams.add("ana", () => undefined);
  streams.add("ana", () => undefined);
  expect([streams.hasRoomFor("ana"), streams.hasRoomFor("bia")]).toEqual([false, true]);
  streams.add("bia", () => undefined);
  expect(streams.hasRoomFor("bia")).toBe(false);
  forget();
  expect(streams.hasRoomFor("ana")).toBe(true);
  expect(streams.count).toBe(2);
});

it("ends all of them for a node that stops", () => {
  const streams = new OpenStreams();
  const ended: string[] = [];
  streams.add("ana", () => ended.push("ana"));
  streams.add("bia", () => ended.push("bia"));
  streams.endAll();
  expect(ended).toEqual(["ana", "bia"]);
});
