import { topic } from "@tenon/core";
import { type Hub, type HubBacking, openHub } from "@tenon/server/hub";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";

/** Messages with values that JSON does not have. */
export const said = topic("said", {
  text: z.string().max(5000),
  at: z.date(),
  tags: z.set(z.string()).optional(),
});
const counted = topic("counted", z.int());
const at = new Date(0);

/** What holds for a hub, whatever carries its messages. `open` gives a backing with connections of its own. */
export function describeHub(name: string, open: () => HubBacking, isShared: boolean): void {
  describe(`a hub on ${name}`, () => {
    const hubs: Hub[] = [];
    const errors: unknown[] = [];
    const openOne = async (): Promise<Hub> => {
      const hub = await openHub(open(), { onError: (error) => errors.push(error) });
      hubs.push(hub);
      return hub;
    };
    let here: Hub;
    beforeEach(async () => {
      here = await openOne();
    });
    afterEach(async () => {
      await Promise.all(hubs.splice(0).map((hub) => hub.close()));
      expect(errors.splice(0)).toEqual([]);
    });

    it("brings what is published to all who follow, with its types", async () => {
      const [one, other] = await Promise.all([here.follow(said), here.follow(said)]);
      const message = { text: "hello\nworld ü", at, tags: new Set(["a"]) };
      await here.publish(said, message);
      expect(await one.next()).toEqual({ done: false, value: message });
      expect(await other.next()).toEqual({ done: false, value: message });
      expectTypeOf(one).toExtend<AsyncIterable<{ text: string; at: Date; tags?: Set<string> | undefined }>>();
    });

    it("keeps the order of a publisher", async () => {
      const followed = await here.follow(counted);
      for (let n = 0; n < 200; n++) {
        await here.publish(counted, n);
      }
      const got: number[] = [];
      for await (const n of followed) {
        got.push(n);
        if (got.length === 200) {
          break;
        }
      }
      expect(got).toEqual(Array.from({ length: 200 }, (_, n) => n));
    });

    it("keeps keys and topics apart, whatever is in a key", async () => {
      const odd = "a:b\nc*?[x] ü";
      const [keyed, other, none] = await Promise.all([
        here.follow(counted, { key: odd }),
        here.follow(counted, { key: "a" }),
        here.follow(counted),
      ]);
      await here.publish(said, { text: "", at });
      await here.publish(counted, 1, { key: odd });
      await here.publish(counted, 2, { key: "a" });
      await here.publish(counted, 3);
      const next = async (of: AsyncIterator<number>): Promise<unknown> => (await of.next()).value;
      expect([await next(keyed), await next(other), await next(none)]).toEqual([1, 2, 3]);
    });

    it("refuses what does not fit, and brings nothing of it", async () => {
      const followed = await here.follow(said);
      // @ts-expect-error -- no text
      await expect(here.publish(said, { at })).rejects.toThrow("text");
      await expect(here.publish(counted, 1.5)).rejects.toThrow();
      await here.publish(said, { text: "next", at });
      expect((await followed.next()).value).toEqual({ text: "next", at });
    });

    it("ends a loop by its signal, by leaving it, and when it closes", async () => {
      const controller = new AbortController();
      const [aborted, left, closed] = await Promise.all([
        here.follow(counted, { signal: controller.signal }),
        here.follow(counted),
        here.follow(counted),
      ]);
      const waiting = aborted.next();
      controller.abort();
      expect(await waiting).toEqual({ done: true, value: undefined });
      await left.return?.();
      expect(await left.next()).toEqual({ done: true, value: undefined });
      await here.publish(counted, 1);
      expect(await closed.next()).toEqual({ done: false, value: 1 });
      await here.close();
      expect(await closed.next()).toEqual({ done: true, value: undefined });
      await expect(here.follow(counted)).rejects.toThrow("the hub is closed");
    });

    it("can be followed again at once by whoever was the last to leave", async () => {
      for (let n = 0; n < 20; n++) {
        const followed = await here.follow(counted);
        await here.publish(counted, n);
        expect((await followed.next()).value).toBe(n);
        await followed.return?.();
      }
    });

    it("lets a slow reader fail, or lose the oldest, and nobody else wait", async () => {
      const [slow, losing, quick] = await Promise.all([
        here.follow(counted, { buffer: 2 }),
        here.follow(counted, { buffer: 2, overflow: "drop-oldest" }),
        here.follow(counted),
      ]);
      for (let n = 1; n <= 4; n++) {
        await here.publish(counted, n);
        expect((await quick.next()).value).toBe(n);
      }
      expect([(await slow.next()).value, (await slow.next()).value]).toEqual([1, 2]);
      await expect(slow.next()).rejects.toMatchObject({ name: "FollowerTooSlow" });
      expect(await slow.next()).toEqual({ done: true, value: undefined });
      expect([(await losing.next()).value, (await losing.next()).value]).toEqual([3, 4]);
      await expect(here.follow(counted, { buffer: 0 })).rejects.toThrow("at least 1 message");
    });

    if (!isShared) {
      return;
    }
    it("brings messages from one process's hub to another's", async () => {
      const there = await openOne();
      const [followedHere, followedThere] = await Promise.all([here.follow(counted), there.follow(counted)]);
      await there.publish(counted, 1);
      expect([(await followedHere.next()).value, (await followedThere.next()).value]).toEqual([1, 1]);
      await followedThere.return?.();
      await here.publish(counted, 2);
      expect((await followedHere.next()).value).toBe(2);
    });
  });
}
