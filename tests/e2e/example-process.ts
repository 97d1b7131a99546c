import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** An example as its users start it, in a process of its own. */
export class ExampleProcess {
  readonly url: string;
  readonly #server: ChildProcess;

  private constructor(url: string, server: ChildProcess) {
    this.url = url;
    this.#server = server;
  }

  /** Starts the built `main.js` of an example on a free port, with its database in the process. */
  static async start(
    example: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<ExampleProcess> {
    const main = fileURLToPath(new URL(`../../examples/${example}/dist/main.js`, import.meta.url));
    const { DATABASE_URL: _database, ...inherited } = process.env;
    const server = spawn(process.execPath, [main], {
      env: { ...inherited, PORT: "0", ...environment },
      stdio: ["ignore", "pipe", "inherit"],
    });
    // Read to the end: what it says later must not meet a closed pipe.
    let output = "";
    const url = await new Promise<string>((resolve, reject) => {
      server.stdout?.on("data", (chunk: Buffer) => {
        output += chunk.toString();
        const said = /Docs\s+(http:\S+)\/docs/.exec(output)?.[1];
        if (said !== undefined) {
          resolve(said);
        }
      });
      server.once("exit", () =>
        reject(new Error(`the example ended before it said its address:\n${output}`)),
      );
    });
    return new ExampleProcess(url, server);
  }

  /** Ends it by SIGTERM; answers with its exit code. */
  async stop(): Promise<number | null> {
    const ended = once(this.#server, "exit");
    this.#server.kill("SIGTERM");
    const [code] = await ended;
    return code as number | null;
  }
}
