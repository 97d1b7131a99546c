import { rmSync } from "node:fs";
import { compile, declarationBytes } from "./compiler.mjs";
import { checkOneFile } from "./editor.mjs";
import { emit } from "./emit.mjs";

/** Everything that one variant costs at one size: `server`, `declarations`, and per client style the rest. */
export async function measureVariant(name, variant, size, { withEditor = true, withServer = true } = {}) {
  const { folder, styles, serverDeclarations } = await emit(name, variant, size);
  const declarations = compile(folder, "declarations.json");
  const perStyle = (take) => Object.fromEntries(styles.map((style) => [style, take(style)]));
  const result = {
    ...(withServer && { server: compile(folder, "server.json") }),
    declarations: { ...declarations, bytes: declarationBytes(serverDeclarations) },
    all: perStyle((style) => compile(folder, `all.${style}.json`)),
    against: perStyle((style) => compile(folder, `against.${style}.json`)),
    ...(withEditor && {
      editor: perStyle((style) => checkOneFile(folder, `all.${style}.json`, `client.${style}.ts`)),
      oneCall: perStyle((style) => checkOneFile(folder, `one.${style}.json`, `one.${style}.ts`)),
      incompleteCall: Object.fromEntries(
        styles
          .filter((style) => variant.clients[style].incomplete !== undefined)
          .map((style) => [style, checkIncomplete(folder, style)]),
      ),
    }),
  };
  rmSync(folder, { recursive: true });
  return result;
}

/** Here an error is what must be seen. */
function checkIncomplete(folder, style) {
  const { errors, ...counts } = checkOneFile(folder, `incomplete.${style}.json`, `incomplete.${style}.ts`);
  const accepted = { code: "accepted", message: "an incomplete call has no error" };
  return { ...counts, errors: errors.length > 0 ? [] : [accepted] };
}

/** The first complaint of each part that should have had none. */
export function complaintsOf(result) {
  const complaints = [];
  for (const [part, cost] of partsOf(result)) {
    const [first] = cost.errors;
    if (first === undefined) continue;
    const { code, message, file } = first;
    complaints.push(
      `${part}: ${cost.errors.length} errors, the first ${code} ${message.slice(0, 200)} (${file ?? ""})`,
    );
  }
  return complaints;
}

/** `["server", cost]`, `["all rpc", cost]`… */
export function partsOf(result) {
  return Object.entries(result).flatMap(([part, value]) =>
    "errors" in value
      ? [[part, value]]
      : Object.entries(value).map(([style, cost]) => [`${part} ${style}`, cost]),
  );
}
