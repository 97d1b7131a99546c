import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { calledOf, modulesOf } from "./model.mjs";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const root = join(repository, "bench/.tmp/types");

// The same for every variant; a variant adds only what its own packages need to be found.
const compilerOptions = {
  strict: true,
  skipLibCheck: true,
  target: "es2022",
  lib: ["es2023", "dom", "dom.iterable", "dom.asynciterable"],
  module: "esnext",
  moduleResolution: "bundler",
  allowImportingTsExtensions: true,
  types: [],
};

/**
 * Writes one variant's app of some size and a compiler project for each thing that is measured.
 * @returns {Promise<{ folder: string, styles: string[], serverDeclarations: string }>}
 */
export async function emit(name, variant, size) {
  const folder = join(root, name, String(size));
  const declarations = join(folder, "declarations");
  // The emitted tree repeats the path below the repository, since Tenon's sources are in the program too.
  const emitted = join(declarations, relative(repository, folder));
  rmSync(folder, { recursive: true, force: true });
  const modules = modulesOf(size);
  const write = (file, text) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const project = (file, options, files) => {
    const all = { ...compilerOptions, ...variant.compilerOptions, ...options };
    write(file, JSON.stringify({ compilerOptions: all, files }, null, 2));
  };
  const texts = Object.entries(await variant.files(modules));
  for (const [file, text] of texts) write(`server/${file}`, text);
  const server = texts.map(([file]) => `server/${file}`);
  project("server.json", { noEmit: true }, server);
  project(
    "declarations.json",
    { declaration: true, emitDeclarationOnly: true, rootDir: repository, outDir: declarations },
    server,
  );
  for (const [style, client] of Object.entries(variant.clients)) {
    const text = clientText(client, calledOf(modules));
    write(`client.${style}.ts`, text);
    write(join(relative(folder, emitted), `client.${style}.ts`), text);
    write(`one.${style}.ts`, clientText(client, calledOf(modules).slice(0, 1)));
    if (client.incomplete !== undefined) write(`incomplete.${style}.ts`, incompleteText(client, modules));
    write(`canary.${style}.ts`, canaryText(client, calledOf(modules)[0]));
    project(`all.${style}.json`, { noEmit: true }, [...server, `client.${style}.ts`]);
    project(`one.${style}.json`, { noEmit: true }, [...server, `one.${style}.ts`]);
    if (client.incomplete !== undefined) {
      project(`incomplete.${style}.json`, { noEmit: true }, [...server, `incomplete.${style}.ts`]);
    }
    project(`canary.${style}.json`, { noEmit: true }, [...server, `canary.${style}.ts`]);
    project(`against.${style}.json`, { noEmit: true }, [join(emitted, `client.${style}.ts`)]);
  }
  return { folder, styles: Object.keys(variant.clients), serverDeclarations: join(emitted, "server") };
}

function clientText(client, procedures) {
  const lines = procedures.flatMap((procedure) => [
    resultOf(client, procedure),
    `export const title${procedure.index}: string = v${procedure.index}.title_${procedure.index};`,
  ]);
  return `${[client.head, ...lines].join("\n")}\n`;
}

/** A call as it stands while someone types it. */
function incompleteText(client, modules) {
  return `${client.head}\nexport const v0 = ${client.incomplete(calledOf(modules)[0])};\n`;
}

/** Both last lines must be refused: where the types have quietly become `any`, they are not. */
function canaryText(client, procedure) {
  const bad = "export const bad: number = v0.title_0;";
  const nope = "export const nope = v0.nope;";
  return `${[client.head, resultOf(client, procedure), bad, nope].join("\n")}\n`;
}

function resultOf(client, procedure) {
  const result = `await ${client.call(procedure)}`;
  return `const v${procedure.index} = ${client.data === undefined ? result : client.data(result)};`;
}
