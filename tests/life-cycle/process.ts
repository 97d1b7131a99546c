import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

const PROGRAM = fileURLToPath(new URL("server.mjs", import.meta.url));
const started = new Set<ServerProcess>();

/** A server in a process of its own. */
export class ServerProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  errors = "";
  #output = "";

  constructor(env: Record<string, string>) {
    this.child = fork(PROGRAM, [], {
      env: { ...process.env, ...env },
      execArgv: [],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.child.stdout?.on("data", (chunk: Buffer) => {
      this.#output += chunk.toString();
    });
    this.child.stderr?.on("data", (chunk: Buffer) => {
      this.errors += chunk.toString();
    });
    // Not `exit`: what it has said last may still be on its way then.
    this.ended = once(this.child, "close").then(([code]) => code as number | null);
    started.add(this);
  }

  get lines(): string[] {
    return this.#output.split("\n").filter((line) => line !== "");
  }

  /** What happened, without the address. */
  get events(): string[] {
    return this.lines.filter((line) => !line.startsWith("listens"));
  }

  /** Waits until it has said this. */
  async said(line: string | RegExp): Promise<string> {
    const find = (): string | undefined =>
      this.lines.find((each) => (typeof line === "string" ? each === line : line.test(each)));
    await expect
      .poll(find, { timeout: 20_000, interval: 10, message: `${line}\n${this.errors}` })
      .toBeDefined();
    return find() as string;
  }

  /** Waits until it listens; gives its address. */
  async url(): Promise<string> {
    return /http:\S+/.exec(await this.said(/^listens at/))?.[0] as string;
  }
}

/** Starts a server. */
export function startProcess(env: Record<string, string> = {}): ServerProcess {
  return new ServerProcess(env);
}

/** Ends whatever a test has left. */
export async function endProcesses(): Promise<void> {
  for (const each of started) {
    each.child.kill("SIGKILL");
    await each.ended;
  }
  started.clear();
}
