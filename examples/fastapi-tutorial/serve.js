// Serves one application of the tutorial: node examples/fastapi-tutorial/serve.js --app path_params.tutorial001 --port 8000
import { parseArgs } from "node:util";
import { serve } from "@tenon/server/node";

const { values } = parseArgs({
  options: { app: { type: "string" }, port: { type: "string" }, host: { type: "string" } },
});
const name = values.app ?? process.env.CONF_APP;
if (name === undefined || !/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/.test(name)) {
  console.error(
    "usage: node serve.js --app PAGE.TUTORIAL --port PORT, for example --app first_steps.tutorial001",
  );
  process.exit(2);
}
// path_params.tutorial001 is path-params/tutorial001.js
const file = `${name
  .replace(/_(?=\.)/g, "")
  .replaceAll("_", "-")
  .replaceAll(".", "/")}.js`;
// Recorded cases bring files of their own.
if (process.env.CONF_CWD !== undefined) {
  process.chdir(process.env.CONF_CWD);
}
const { app } = await import(`./dist/${file}`);
const server = await serve(app, {
  port: Number(values.port ?? process.env.PORT ?? 8000),
  host: values.host ?? "127.0.0.1",
});
console.log(`${name} at ${server.url}`);
