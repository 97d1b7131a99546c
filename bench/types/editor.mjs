import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const self = fileURLToPath(import.meta.url);
const require = createRequire(import.meta.url);

export const editorVersion = require("typescript6/package.json").version;

/** What an editor pays for one open file against sources: TypeScript 6, whose API can check a single file. */
export function checkOneFile(folder, project, file) {
  const parameters = ["--max-old-space-size=6000", self, join(folder, project), join(folder, file)];
  return JSON.parse(execFileSync(process.execPath, parameters, { encoding: "utf8", maxBuffer: 1 << 26 }));
}

// A process of its own for each file, so that nothing is checked already.
if (process.argv[1] === self) {
  const [project, file] = process.argv.slice(2);
  const typescript = require("typescript6");
  const host = { ...typescript.sys, onUnRecoverableConfigFileDiagnostic: fail };
  const { fileNames, options, errors } = typescript.getParsedCommandLineOfConfigFile(project, {}, host);
  for (const error of errors) fail(error);
  const program = typescript.createProgram(fileNames, options);
  const diagnostics = program.getSemanticDiagnostics(program.getSourceFile(file));
  process.stdout.write(
    JSON.stringify({
      instantiations: program.getInstantiationCount(),
      types: program.getTypeCount(),
      errors: diagnostics.map(({ code, messageText }) => ({
        code: `TS${code}`,
        message: typescript.flattenDiagnosticMessageText(messageText, " "),
      })),
    }),
  );

  function fail(diagnostic) {
    throw new Error(typescript.flattenDiagnosticMessageText(diagnostic.messageText, " "));
  }
}
