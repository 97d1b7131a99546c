import type { OpenAPIObject, PathItemObject, PathsObject, TagObject } from "openapi3-ts/oas31";
import type { Operation } from "../operation/operation.ts";
import { Components } from "./components.ts";
import { describeOperation } from "./describe-operation.ts";
import type { DescribeOptions } from "./describe-options.ts";
import type { SharedResponses } from "./error-responses.ts";
import { describeWebhooks } from "./outgoing.ts";
import { describeSchemes } from "./security.ts";

/**
 * Describes operations as an OpenAPI 3.1.1 document: the same operations always give the same bytes.
 * Throws a `DefinitionError` where two different things would have one name.
 */
export function describe(operations: readonly Operation[], options: DescribeOptions): OpenAPIObject {
  const visible = operations.filter((operation) => !operation.isHidden);
  const components = new Components();
  const shared: SharedResponses = new Map();
  const paths: PathsObject = {};
  for (const operation of visible) {
    const path = operation.path.replaceAll("*}", "}");
    const item: PathItemObject = (paths[path] ??= {});
    const method = operation.method.toLowerCase() as Lowercase<Operation["method"]>;
    item[method] = describeOperation(operation, components, shared, options);
  }
  const webhooks = describeWebhooks(options.webhooks ?? {}, components, options);
  const { schemas, resolve } = components.finish();
  const responses = Object.fromEntries([...shared].sort(([one], [other]) => (one < other ? -1 : 1)));
  const securitySchemes = describeSchemes(visible);
  return {
    openapi: "3.1.1",
    info: options.info,
    // What OpenAPI assumes where none is named (3.1.1, 4.8.1), said for tools that assume nothing.
    servers: options.servers === undefined ? [{ url: "/" }] : [...options.servers],
    tags: tagsOf(options.isBrief === true ? [] : visible, options.tags ?? []),
    paths: resolve(paths),
    ...(isEmpty(webhooks) ? {} : { webhooks: resolve(webhooks) }),
    components: {
      ...(isEmpty(schemas) ? {} : { schemas }),
      ...(isEmpty(responses) ? {} : { responses: resolve(responses) }),
      ...(isEmpty(securitySchemes) ? {} : { securitySchemes }),
    },
  };
}

function tagsOf(operations: readonly Operation[], said: readonly TagObject[]): TagObject[] {
  const names = new Set([
    ...said.map(({ name }) => name),
    ...operations.flatMap((operation) => [...operation.tags]),
  ]);
  return [...names].map((name) => said.find((tag) => tag.name === name) ?? { name });
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0;
}
