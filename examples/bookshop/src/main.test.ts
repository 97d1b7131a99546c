import { afterAll, beforeAll, expect, it, vi } from "vitest";

const lines: string[] = [];
const exit = vi.spyOn(process, "exit").mockImplementation(() => undefined as never);
let stop: NodeJS.SignalsListener | undefined;

beforeAll(async () => {
  vi.stubEnv("PORT", "0");
  vi.stubEnv("HOST", undefined);
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  const before = process.listeners("SIGTERM");
  await import("./main.ts");
  log.mockRestore();
  stop = process.listeners("SIGTERM").find((listener) => !before.includes(listener));
  vi.stubEnv("BASE_URL", /http:\S+(?=\/books)/.exec(lines[0]!)?.[0]);
});
afterAll(() => vi.unstubAllEnvs());

it("serves the shop at the address that it prints", async () => {
  expect(lines).toEqual([`Books  ${process.env.BASE_URL}/books`, `Docs   ${process.env.BASE_URL}/docs`]);
  const response = await fetch(`${process.env.BASE_URL}/books`);
  expect([response.status, await response.json()]).toEqual([200, []]);
  const docs = await fetch(`${process.env.BASE_URL}/docs`);
  expect(docs.headers.get("content-type")).toContain("text/html");
});

it("is what the client script talks to", async () => {
  const said: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
  await import("./client.ts");
  await expect.poll(() => said).toHaveLength(7);
  log.mockRestore();
  expect(said.filter((line) => !line.endsWith("goes off the list at 2100-01-01T00:00:00.000Z."))).toEqual([
    `Added book 1 in ${new Date().getFullYear()}: a real Date.`,
    "Added it again: book 1 has that title.",
    "Found 1 book REST style, status 200.",
    "Uploaded walden.png, 20 bytes.",
    "Archived 2100.",
    "The stream says: our book.",
  ]);
});

it("stops on a signal: finishes, closes its store, and exits with 0", async () => {
  stop?.("SIGTERM");
  await expect.poll(() => exit.mock.calls).toEqual([[0]]);
  await expect(fetch(`${process.env.BASE_URL}/books`)).rejects.toThrow();
});
