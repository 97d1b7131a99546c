import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { endProcesses, startProcess } from "./process.ts";

afterEach(endProcesses);

const STARTED = ["pool opens", "cache opens", "inner opens", "beside starts"];
const STOPPED = ["inner closes", "beside stops", "cache closes", "pool closes"];

describe("a server process", { timeout: 60_000 }, () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "opens in order, closes in reverse on %s, mounted applications included, and exits with 0",
    async (signal) => {
      const server = startProcess();
      const url = await server.url();
      expect(await (await fetch(`${url}/inner/parts`)).json()).toBe("part");
      server.child.kill(signal);
      expect(await server.ended).toBe(0);
      expect(server.events).toEqual([...STARTED, "beside pauses", ...STOPPED]);
      expect(server.errors).toBe("");
    },
  );

  it("lets requests, streams and background work end, takes no others, and exits with 0", async () => {
    const server = startProcess();
    const url = await server.url();
    const slow = fetch(`${url}/things/slow`);
    const stream = await fetch(`${url}/things/watch`);
    expect(await (await fetch(`${url}/things/later`)).json()).toBe("later");
    await Promise.all([server.said("slow begins"), server.said("background begins")]);
    server.child.kill("SIGTERM");
    expect(await stream.text()).toBe("data: 1\n\nretry: 1000\n\n");
    await server.said("stream ends");
    await expect(fetch(`${url}/things`)).rejects.toThrow("fetch failed");
    expect(server.lines).not.toContain("cache closes");
    server.child.send("release");
    expect(await (await slow).json()).toBe("slow");
    expect(await server.ended).toBe(0);
    expect(server.events.slice(-4)).toEqual(STOPPED);
    const ends = server.events.slice(0, -4);
    expect(ends).toContain("slow ends");
    expect(ends).toContain("background ends");
  });

  it("is cut off by a second signal, and exits with 1", async () => {
    const server = startProcess({ GRACE: "60000" });
    const url = await server.url();
    const stuck = fetch(`${url}/things/stuck`).catch(() => "cut off");
    await server.said("stuck begins");
    server.child.kill("SIGTERM");
    await server.said("beside pauses");
    // A second one that comes at once is the first one, told by somebody else, too.
    const again = setInterval(() => server.child.kill("SIGTERM"), 20);
    expect(await server.ended).toBe(1);
    clearInterval(again);
    expect(await stuck).toBe("cut off");
    expect(server.errors).toContain("stopped by a second SIGTERM");
  });

  it("exits with 1 when the grace time is over and something was cut off, its dependencies closed", async () => {
    const server = startProcess({ GRACE: "200" });
    const url = await server.url();
    const stuck = fetch(`${url}/things/stuck`).catch(() => "cut off");
    await server.said("stuck begins");
    server.child.kill("SIGTERM");
    expect(await stuck).toBe("cut off");
    expect(await server.ended).toBe(1);
    expect(server.events.slice(-4)).toEqual(STOPPED);
  });

  it("exits with 1 when background work outlasts the grace time, and says so", async () => {
    const server = startProcess({ GRACE: "200" });
    const url = await server.url();
    await (await fetch(`${url}/things/later`)).json();
    await server.said("background begins");
    server.child.kill("SIGTERM");
    expect(await server.ended).toBe(1);
    expect(server.errors).toContain("the application stops with unfinished work after");
    expect(server.events.slice(-4)).toEqual(STOPPED);
  });

  it("does not start where a dependency fails: it names it, closes what was opened, and exits with 1", async () => {
    const server = startProcess({ MODE: "fails" });
    expect(await server.ended).toBe(1);
    expect(server.lines).toEqual(["pool opens", "cache opens", "cache closes", "pool closes"]);
    expect(server.errors).toContain(
      "the application cannot start: 'search' (used by 'things.list'): connection refused",
    );
  });

  it("closes what was opened and exits with 0 where it is told to stop while it starts", async () => {
    const server = startProcess({ MODE: "waits" });
    await server.said("search waits");
    server.child.kill("SIGTERM");
    server.child.send("go on");
    expect(await server.ended).toBe(0);
    expect(server.lines.slice(-2)).toEqual(["cache closes", "pool closes"]);
    expect(server.lines.some((line) => line.startsWith("listens"))).toBe(false);
  });

  it("does not start where its port is taken: it closes what was opened, and exits with 1", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const server = startProcess({ PORT: String((other.address() as AddressInfo).port) });
    expect(await server.ended).toBe(1);
    expect(server.events).toEqual([...STARTED, "beside pauses", ...STOPPED]);
    expect(server.errors).toContain("EADDRINUSE");
    other.close();
  });

  it("is ready until it is told to stop, and still answers for as long as it gives notice", async () => {
    const server = startProcess({ NOTICE: "60000", GRACE: "61000" });
    const url = await server.url();
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: "ready" }]);
    server.child.kill("SIGTERM");
    const status = async (): Promise<number> => (await fetch(`${url}/readyz`)).status;
    await expect.poll(status, { timeout: 10_000 }).toBe(503);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${url}/things`)).json()).toBe("thing");
  });

  it("stops when the notice is over", async () => {
    const server = startProcess({ NOTICE: "300" });
    await server.url();
    server.child.kill("SIGTERM");
    expect(await server.ended).toBe(0);
    expect(server.events.slice(-4)).toEqual(STOPPED);
  });
});

describe("several processes", { timeout: 60_000 }, () => {
  const pids = (lines: readonly string[], what: string): string[] =>
    lines.filter((line) => line.startsWith(`${what} `)).map((line) => line.slice(what.length + 1));

  it("have a life each, and one for all before them; all of them end on SIGTERM, with 0", async () => {
    const server = startProcess({ WORKERS: "2" });
    await expect
      .poll(() => server.lines.filter((line) => line.startsWith("listens")), { timeout: 20_000 })
      .toHaveLength(2);
    server.child.kill("SIGTERM");
    expect(await server.ended).toBe(0);
    expect(server.lines[0]).toBe("before all");
    const opened = pids(server.lines, "pool opens");
    expect(new Set(opened).size).toBe(2);
    expect(pids(server.lines, "pool closes").toSorted()).toEqual(opened.toSorted());
    expect(pids(server.lines, "inner closes").toSorted()).toEqual(opened.toSorted());
  });

  it("are replaced where one dies", async () => {
    const server = startProcess({ WORKERS: "2" });
    const url = await server.url();
    await expect.poll(() => pids(server.lines, "pool opens"), { timeout: 20_000 }).toHaveLength(2);
    await expect
      .poll(() => server.lines.filter((line) => line.startsWith("listens")), { timeout: 20_000 })
      .toHaveLength(2);
    const [victim] = pids(server.lines, "pool opens");
    process.kill(Number(victim), "SIGKILL");
    await expect
      .poll(() => server.lines.filter((line) => line.startsWith("listens")), { timeout: 20_000 })
      .toHaveLength(3);
    expect(server.errors).toContain(`worker ${victim} died (SIGKILL): it is replaced`);
    expect((await fetch(`${url}/things`)).status).toBe(200);
    server.child.kill("SIGTERM");
    expect(await server.ended).toBe(0);
    const closed = pids(server.lines, "pool closes");
    expect(closed).toHaveLength(2);
    expect(closed).not.toContain(victim);
  });

  it("are replaced one after the other on SIGHUP, and no request fails meanwhile", async () => {
    const server = startProcess({ WORKERS: "2" });
    const url = await server.url();
    await expect
      .poll(() => server.lines.filter((line) => line.startsWith("listens")), { timeout: 20_000 })
      .toHaveLength(2);
    const before = pids(server.lines, "pool opens");
    const seen: number[] = [];
    const over = new AbortController();
    const asking = (async () => {
      while (!over.signal.aborted) {
        // A connection for each: one that is kept alive may be closed in the moment it is used (RFC 9112, 9.3.1).
        const response = await fetch(`${url}/things`, { headers: { connection: "close" } });
        await response.text();
        seen.push(response.status);
      }
    })();
    server.child.kill("SIGHUP");
    await expect
      .poll(() => pids(server.lines, "pool closes").toSorted(), { timeout: 20_000 })
      .toEqual(before.toSorted());
    over.abort();
    await asking;
    expect(new Set(seen)).toEqual(new Set([200]));
    const after = pids(server.lines, "pool opens").filter((pid) => !before.includes(pid));
    expect(after).toHaveLength(2);
    server.child.kill("SIGTERM");
    expect(await server.ended).toBe(0);
  });

  it("do not start where one does not, and exit with 1", async () => {
    const server = startProcess({ WORKERS: "2", MODE: "fails" });
    expect(await server.ended).toBe(1);
    expect(server.errors).toContain("a worker did not start: all of them are stopped");
    expect(server.errors).toContain("'search' (used by 'things.list'): connection refused");
  });
});
