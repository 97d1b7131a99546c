/**
 * One procedure of the app that every variant builds: one path parameter, two optional query parameters, every second
 * one with a body of five fields, an output of eight. Each schema is inline and unique: the worst case.
 * @typedef {{ index: number, module: string, name: string, method: string, hasBody: boolean, path: string }} Procedure
 * @typedef {{ name: string, procedures: Procedure[] }} Module
 */

const NAMES = ["read", "create", "list", "update", "search", "patch", "stats", "archive"];
const METHODS = ["GET", "POST", "GET", "PUT", "GET", "PATCH", "GET", "POST"];
const CALLED_EVERY = 10;

/** @returns {Module[]} N procedures, eight to a module */
export function modulesOf(size) {
  const modules = [];
  for (let index = 0; index < size; index++) {
    const place = index % NAMES.length;
    const module = `r${Math.floor(index / NAMES.length)}`;
    if (place === 0) modules.push({ name: module, procedures: [] });
    modules.at(-1).procedures.push({
      index,
      module,
      name: NAMES[place],
      method: METHODS[place],
      hasBody: place % 2 === 1,
      path: `/${NAMES[place]}/{id}`,
    });
  }
  return modules;
}

/** The procedures that the client calls. */
export function calledOf(modules) {
  return modules.flatMap((module) => module.procedures).filter(({ index }) => index % CALLED_EVERY === 0);
}

export const zodPath = "id: z.string().min(1)";
export const zodQuery = 'q: z.string().min(1).optional(), sort: z.enum(["asc", "desc"]).optional()';

export const zodBody = ({ index }) =>
  `title: z.string().min(1).max(200), qty_${index}: z.number().int().min(0), kind: z.enum(["a", "b", "c"]), ` +
  "tags: z.array(z.string()).max(10), note: z.string().optional()";

export const zodOutput = ({ index }) =>
  `id: z.string(), title_${index}: z.string(), qty: z.number().int(), kind: z.enum(["a", "b", "c"]), ` +
  "tags: z.array(z.string()), active: z.boolean(), note: z.string().nullable(), createdAt: z.iso.datetime()";

/** The input with a section per location, as peers take it. */
export const zodSections = (procedure) =>
  `z.object({ params: z.object({ ${zodPath} }), query: z.object({ ${zodQuery} })` +
  `${procedure.hasBody ? `, body: z.object({ ${zodBody(procedure)} })` : ""} })`;

/** What a handler returns, given the expressions of the id, the query's q and the body. */
export function returned({ index, hasBody }, id, q, body) {
  const own = hasBody
    ? `qty: ${body}.qty_${index}, kind: ${body}.kind, tags: ${body}.tags`
    : 'qty: 1, kind: "a", tags: []';
  return (
    `{ id: ${id}, title_${index}: ${q} ?? "x", ${own}, active: true, note: null, ` +
    'createdAt: "2026-01-01T00:00:00Z" }'
  );
}

export const bodyValue = ({ index }) => `title: "t", qty_${index}: 1, kind: "a", tags: ["x"]`;

/** A client's argument with a section per location. */
export const sectionsValue = (procedure) =>
  `{ params: { id: "x" }, query: { q: "y" }${procedure.hasBody ? `, body: { ${bodyValue(procedure)} }` : ""} }`;
