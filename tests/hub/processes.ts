import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const WORKER = fileURLToPath(new URL("./worker.mjs", import.meta.url));

/** Two processes follow one topic, each publishes a message; gives what each of them has got. */
export async function exchangeBetweenProcesses(
  environment: Readonly<Record<string, string>>,
): Promise<unknown[]> {
  const start = (): ChildProcess =>
    fork(WORKER, {
      // Without the conditions of the test runner: they run what is built.
      execArgv: [],
      env: { PATH: process.env["PATH"], ...environment },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
  const workers = [start(), start()];
  try {
    await Promise.all(workers.map((worker) => once(worker, "message")));
    const got = workers.map(async (worker) => (await once(worker, "message"))[0] as string[]);
    workers[0]?.send("one");
    workers[1]?.send("two");
    return (await Promise.all(got)).map((messages) => messages.toSorted());
  } finally {
    workers.forEach((worker) => worker.kill());
  }
}
