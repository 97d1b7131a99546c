// Bundles the page of the chat, the typed client included, into dist/public.
import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

await build({
  input: at("src/page/main.ts"),
  platform: "browser",
  output: { dir: at("dist/public"), format: "esm", minify: true, entryFileNames: "main.js" },
  logLevel: "warn",
});
for (const file of ["index.html", "style.css"]) {
  await cp(at(`src/page/${file}`), at(`dist/public/${file}`));
}
