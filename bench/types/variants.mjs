import { hono } from "./variants/hono.mjs";
import { interfaces } from "./variants/interfaces.mjs";
import { openapiFetch } from "./variants/openapi-fetch.mjs";
import { orpc } from "./variants/orpc.mjs";
import { kernel, packages } from "./variants/surface.mjs";
import { everything, objects, plain } from "./variants/tenon.mjs";
import { trpc } from "./variants/trpc.mjs";

/**
 * `files` makes the server's files by name; each client has the `head` of its file, a `call` and, where the result is
 * wrapped, the `data` in it; `incomplete` is a call as it stands while someone types it.
 * @typedef {{ head: string, call: (procedure: object) => string, data?: (expression: string) => string,
 *   incomplete?: (procedure: object) => string }} Client
 * @typedef {{ label: string, compilerOptions?: object, files: (modules: object[]) => object, clients: Record<string, Client> }} Variant
 */

export const tenonNames = ["tenon", "tenon-everything", "tenon-objects"];
export const peerNames = ["interfaces", "openapi-fetch", "orpc", "trpc", "hono"];

/** @returns {Record<string, Variant>} */
export function variantsFor(kernelFile) {
  const surface = kernelFile === undefined ? packages : kernel(kernelFile);
  return {
    tenon: plain(surface),
    "tenon-everything": everything(surface),
    "tenon-objects": objects(surface),
    interfaces,
    "openapi-fetch": openapiFetch,
    orpc,
    trpc,
    hono,
  };
}
