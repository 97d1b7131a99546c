import { createClient } from "@tenon/client";
import { match } from "ts-pattern";
import type { App } from "./app.ts";

const api = createClient<App>({ url: process.env.BASE_URL || "http://127.0.0.1:8000" });
const question = process.argv[2] ?? "What is 6 * 7?";

// Ctrl+C stops the model, too: the server hears of it.
const controller = new AbortController();
process.once("SIGINT", () => controller.abort());

// #region read
const messages = [{ role: "user" as const, content: question }];
for await (const said of api.chat.send.stream({ messages }, { signal: controller.signal })) {
  process.stdout.write(
    match(said)
      .with({ event: "start" }, () => "")
      .with({ event: "text" }, ({ data }) => data.text)
      .with({ event: "tool_call" }, ({ data }) => `[${data.name} ${data.input.expression}`)
      .with({ event: "tool_result" }, ({ data }) => ` → ${data.output}] `)
      .with({ event: "end" }, ({ data }) => `\n(${data.words} words, ${data.reason})\n`)
      .exhaustive(),
  );
}
// #endregion
