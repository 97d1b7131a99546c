import { type RunningServer, serve } from "@tenon/server/node";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { app } from "./app.ts";
import { describeApi } from "./test-api.ts";

describeApi("the client script", () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await serve(app, { port: 0, signals: false });
    vi.stubEnv("BASE_URL", server.url);
  });
  afterAll(() => server.stop());

  it("tells what it did", async () => {
    const lines: string[] = [];
    const log = vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
    vi.resetModules();
    await import("./client.ts");
    log.mockRestore();
    const name = /^Registered (visitor-\w+)\.$/.exec(lines[0]!)?.[1];
    expect(lines.slice(1)).toEqual([
      `Published "Hello from ${name}" in ${new Date().getFullYear()}: a real Date.`,
      'Commented: "Well said!"',
      `Found 1 article by ${name}: hello-from-${name}`,
      "Published it again: the title has already been taken.",
      "Read 1 comment REST style, status 200.",
    ]);
  });
});
