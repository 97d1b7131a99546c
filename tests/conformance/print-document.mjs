// Prints the document of the application that a module exports as `app`: a build of its own, in a process of its own.
//
//   node print-document.mjs module.ts
import { fileURLToPath } from "node:url";
import { createViteServer } from "vitest/node";

const vite = await createViteServer({
  root: fileURLToPath(new URL("../../", import.meta.url)),
  logLevel: "error",
  server: { middlewareMode: true, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});
const { app } = await vite.ssrLoadModule(process.argv[2]);
const response = await app.fetch(new Request("http://conformance.test/openapi.json"));
process.stdout.write(await response.text());
await vite.close();
