import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, it, onTestFinished } from "vitest";
import { Following, following } from "./following.ts";

/** A page that shows one thing of Azul, and how often the bank was asked for it. */
async function open(everyMs: number, answer: () => Promise<number> = async () => 1) {
  let now = 1_000_000;
  let asked = 0;
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const follower = new Following(client, () => now);
  onTestFinished(follower.start());
  follower.heard("azul", "r1");
  const queryKey = [["azul"], "figures"];
  const observer = new QueryObserver(client, {
    queryKey,
    queryFn: () => {
      asked += 1;
      return answer();
    },
    ...following(everyMs),
  });
  onTestFinished(observer.subscribe(() => undefined));
  const settled = () => expect.poll(() => client.getQueryState(queryKey)?.fetchStatus).toBe("idle");
  await settled();
  return {
    follower,
    asked: () => asked,
    readAt: () => client.getQueryState(queryKey)?.dataUpdatedAt,
    /** A second later the bank says where it is. */
    async second(revision: string | null) {
      now += 1_000;
      follower.heard("azul", revision);
      await settled();
    },
  };
}

it("asks a bank that has not changed for nothing", async () => {
  const page = await open(1_000);
  for (let n = 0; n < 20; n += 1) await page.second("r1");
  expect(page.asked()).toBe(1);
});

it("reads again within a second when the bank has changed, and then rests", async () => {
  const page = await open(1_000);
  await page.second("r2");
  expect(page.asked()).toBe(2);
  await page.second("r2");
  expect(page.asked()).toBe(2);
});

it("reads what changes all the time no more often than it was told", async () => {
  const page = await open(5_000);
  for (let n = 0; n < 10; n += 1) await page.second(`r${n + 2}`);
  expect(page.asked()).toBe(3);
});

it("reads an unchanged bank again after half a minute, for what depends on the time", async () => {
  const page = await open(1_000);
  for (let n = 0; n < 31; n += 1) await page.second("r1");
  expect(page.asked()).toBe(2);
});

it("trusts no revision of a bank that cannot tell one", async () => {
  const page = await open(1_000);
  await page.second(null);
  await page.second(null);
  expect(page.asked()).toBe(3);
});

it("asks more and more rarely for what cannot be read", async () => {
  const page = await open(1_000, () => Promise.reject(new Error("no")));
  for (let n = 0; n < 15; n += 1) await page.second(`r${n + 2}`);
  // At 2, 6 and 14 s.
  expect(page.asked()).toBe(4);
});

it("knows of a bank that went away until when its figures were true", async () => {
  const page = await open(1_000);
  await page.second("r1");
  page.follower.lost("azul", 9_999_999_999_999);
  expect(page.readAt()).toBe(9_999_999_999_999);
});
