import type {
  OpenAPIObject,
  OperationObject,
  ParameterObject,
  ReferenceObject,
  ResponseObject,
  SchemaObject,
} from "@tenon/core/openapi";

/** One operation as its document has it. */
export interface DocumentedOperation {
  readonly id: string;
  readonly method: string;
  /** The path template. */
  readonly path: string;
  /** Its canonical address, where it has one. */
  readonly rpcPath: string | undefined;
  readonly isSocket: boolean;
  readonly isStream: boolean;
  readonly operation: OperationObject;
}

/** Where a request is answered: the operation, and at which of its two addresses. */
export interface Found {
  readonly documented: DocumentedOperation;
  readonly address: "rest" | "rpc";
}

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

/** Every operation of a document. */
export function documentedOperations(document: OpenAPIObject): readonly DocumentedOperation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [describe(document, method, path, operation)];
    }),
  );
}

function describe(
  document: OpenAPIObject,
  method: string,
  path: string,
  operation: OperationObject,
): DocumentedOperation {
  const ok: ResponseObject | undefined = operation.responses?.["200"];
  const content = ok === undefined ? {} : (resolve(document, ok).content ?? {});
  return {
    id: operation.operationId as string,
    method: method.toUpperCase(),
    path,
    rpcPath: operation["x-tenon-rpc"] as string | undefined,
    isSocket: operation["x-websocket"] !== undefined,
    isStream: content["text/event-stream"] !== undefined,
    operation,
  };
}

/** The operation that a concrete method and path lead to. A literal segment beats a parameter, and that a catch-all. */
export function findOperation(
  operations: readonly DocumentedOperation[],
  method: string,
  path: string,
): Found | undefined {
  const wanted = method === "HEAD" ? "GET" : method;
  const canonical = operations.find(
    ({ rpcPath, isSocket }) => rpcPath === path && wanted === (isSocket ? "GET" : "POST"),
  );
  if (canonical !== undefined) {
    return { documented: canonical, address: "rpc" };
  }
  const ranked = operations
    .filter((documented) => documented.method === wanted)
    .map((documented) => ({ documented, rank: rankOf(documented, path) }))
    .filter((each): each is { documented: DocumentedOperation; rank: string } => each.rank !== undefined)
    .sort((one, other) => (one.rank < other.rank ? -1 : 1));
  const [best] = ranked;
  return best === undefined ? undefined : { documented: best.documented, address: "rest" };
}

/** A text that sorts the better match first: `0` for a literal segment, `1` for a parameter, `2` for the rest. */
function rankOf(documented: DocumentedOperation, path: string): string | undefined {
  const template = documented.path.split("/").slice(1);
  const segments = path.split("/").slice(1);
  let rank = "";
  for (const [index, part] of template.entries()) {
    const segment = segments[index];
    const name = /^\{(.*)\}$/.exec(part)?.[1];
    if (name !== undefined && isCatchAll(documented, name)) {
      return segment === undefined ? undefined : `${rank}2`;
    }
    if (segment === undefined || (name === undefined ? decode(segment) !== part : segment === "")) {
      return undefined;
    }
    rank += name === undefined ? "0" : "1";
  }
  return segments.length === template.length ? rank : undefined;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function isCatchAll({ operation }: DocumentedOperation, name: string): boolean {
  return parametersOf(operation).some(
    (parameter) => parameter.name === name && parameter["x-tenon-catch-all"] === true,
  );
}

/** The parameters of an operation, which Tenon never writes as references. */
export function parametersOf(operation: OperationObject): readonly ParameterObject[] {
  return (operation.parameters ?? []) as readonly ParameterObject[];
}

/** What a reference of the document stands for; anything else as it is. */
export function resolve<Value>(document: OpenAPIObject, value: Value | ReferenceObject): Value {
  let at: unknown = value;
  for (let depth = 0; depth < 32; depth++) {
    const reference = (at as ReferenceObject | undefined)?.$ref;
    if (reference === undefined) {
      return at as Value;
    }
    at = reference
      .slice(2)
      .split("/")
      .reduce<unknown>(
        (within, key) => (within as Record<string, unknown>)[key.replaceAll("~1", "/").replaceAll("~0", "~")],
        document,
      );
  }
  throw new Error("references go round in a circle");
}

/** The codes of problems that a schema of the document admits. */
export function codesIn(document: OpenAPIObject, schema: SchemaObject | ReferenceObject): readonly string[] {
  const found = resolve<SchemaObject>(document, schema);
  if (found.oneOf !== undefined) {
    return found.oneOf.flatMap((option) => codesIn(document, option));
  }
  const code = found.properties?.["code"] as SchemaObject | undefined;
  return typeof code?.const === "string" ? [code.const] : [];
}
