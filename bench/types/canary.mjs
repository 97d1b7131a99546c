import { rmSync } from "node:fs";
import { compile } from "./compiler.mjs";
import { emit } from "./emit.mjs";

const SIZE = 8;
const EXPECTED = ["TS2322", "TS2339"];

/**
 * Compiles `const bad: number = v0.title_0` and `v0.nope` in each client style of a variant.
 * @returns {Promise<string[]>} what was not refused, or refused for another reason
 */
export async function checkCanaries(name, variant) {
  const { folder, styles } = await emit(name, variant, SIZE);
  const complaints = styles.flatMap((style) => {
    const { errors } = compile(folder, `canary.${style}.json`);
    const seen = errors.map(({ code }) => code);
    if (seen.join() === EXPECTED.join() && errors.every(({ file }) => file.includes(`canary.${style}.ts`)))
      return [];
    return [
      `canary ${style}: expected ${EXPECTED.join(", ")}, got ${seen.join(", ") || "nothing"} ${errors[0]?.message ?? ""}`,
    ];
  });
  rmSync(folder, { recursive: true });
  return complaints;
}
