import type { DependencyDefinition, UseStep } from "../dependency/dependency.ts";
import type { Overriding } from "../dependency/override.ts";
import { DefinitionError } from "../error/definition-error.ts";
import { mergeErrors } from "../error/merge-errors.ts";
import { readEvents } from "../procedure/events.ts";
import { type InputField, mergeFields } from "../procedure/input-field.ts";
import { readJson } from "../procedure/json-output.ts";
import { readMedia } from "../procedure/media.ts";
import type { Method, OutputDefinition, ProcedureDefinition } from "../procedure/procedure.ts";
import { readSchema } from "../schema/read-schema.ts";
import { NAMING } from "../router/naming.ts";
import { checkLasting } from "./check-lasting.ts";
import { collectDependencies } from "./collect-dependencies.ts";
import type { Operation, SuccessResponse } from "./operation.ts";
import { placeInput } from "./place-input.ts";

/** What the routers around a procedure say. */
export interface Surroundings {
  readonly names: readonly string[];
  readonly prefix: string;
  readonly id: string;
  readonly tags: readonly string[] | undefined;
  /** The first router's key is a tag where nothing names one. */
  readonly hasDefaultTags: boolean;
  readonly guard: readonly DependencyDefinition[];
  readonly overriding: Overriding | undefined;
  readonly isDeprecated: boolean;
  readonly isHidden: boolean;
  readonly hasRpc: boolean;
  readonly bodyLimit: number | undefined;
}

/** Projects one procedure: its address by the naming table or its route, its input by place, its responses by status. */
export function projectProcedure(
  procedure: ProcedureDefinition,
  name: string,
  around: Surroundings,
): Operation {
  const id = [...around.names, name].join(".");
  const guards: UseStep[] = around.guard.length === 0 ? [] : [{ kind: "guard", dependencies: around.guard }];
  const said = [...guards, ...procedure.uses];
  const uses = around.overriding?.steps(said) ?? said;
  const dependencies = collectDependencies(uses, id);
  checkGuards(around.guard, id);
  let input: ReadonlyMap<string, InputField> = procedure.input;
  let errors = procedure.errors;
  for (const dependency of dependencies) {
    input = mergeFields(input, dependency.input, `'${id}'`);
    errors = mergeErrors(errors, dependency.errors, `'${id}'`);
  }
  const { method, template } = addressOf(procedure, name, around.id, input, id);
  // A slash at the end that a route names is part of its address; the router's own path has none.
  const path = (template === "/" ? around.prefix : around.prefix + template) || "/";
  const { parameters, models, body } = placeInput({
    id,
    method,
    path,
    kind: procedure.kind,
    input,
    isStrict: procedure.isStrict,
    objects: procedure.objects,
  });
  checkLasting(procedure, body, id);
  return {
    id,
    operationId: procedure.documentation.operationId ?? id,
    kind: procedure.kind,
    method,
    path,
    parameters,
    models,
    body,
    responses: responsesOf(procedure, name, id),
    errors,
    responseHeaders: procedure.responseHeaders,
    responseCookies: procedure.responseCookies,
    uses,
    dependencies,
    scopes: scopesOf(procedure, dependencies, id),
    tags:
      procedure.documentation.tags ??
      around.tags ??
      (around.hasDefaultTags ? [around.names[0] as string] : []),
    documentation: procedure.documentation,
    isDeprecated: around.isDeprecated || (procedure.documentation.deprecated ?? false),
    isHidden: around.isHidden || (procedure.documentation.hidden ?? false),
    hasRpc: around.hasRpc,
    bodyLimit: around.bodyLimit,
    procedure,
    input,
  };
}

/** Every scope once. Throws for a name that no scheme of the operation declares. */
function scopesOf(
  procedure: ProcedureDefinition,
  dependencies: readonly DependencyDefinition[],
  id: string,
): readonly string[] {
  const scopes = [...new Set([...dependencies, procedure].flatMap(({ scopes: asked }) => asked))];
  const schemes = dependencies.flatMap(({ security }) => security?.alternatives.flat() ?? []);
  for (const scope of scopes) {
    if (!schemes.some(({ scopes: declared }) => declared.includes(scope))) {
      throw new DefinitionError(
        "UNKNOWN_SCOPE",
        `'${id}' asks for the scope '${scope}', which no scheme that it uses declares: add it to security.oauth2({ scopes })`,
      );
    }
  }
  return scopes;
}

function addressOf(
  procedure: ProcedureDefinition,
  name: string,
  idKey: string,
  input: ReadonlyMap<string, InputField>,
  id: string,
): { method: Method; template: string } {
  if (procedure.route !== undefined) {
    const space = procedure.route.indexOf(" ");
    return { method: procedure.route.slice(0, space) as Method, template: procedure.route.slice(space + 1) };
  }
  if (Object.hasOwn(NAMING, name)) {
    const convention = NAMING[name as keyof typeof NAMING];
    if (procedure.kind !== convention.kind) {
      throw new DefinitionError(
        "WRONG_KIND",
        `'${id}' is finished with .${procedure.kind}, but the name '${name}' stands for a ${convention.kind}: rename it, or write .route("…")`,
      );
    }
    const isItem = convention.at === "item" && input.has(idKey) && input.get(idKey)?.place === undefined;
    return { method: convention.method, template: isItem ? `/{${idKey}}` : "/" };
  }
  return { method: procedure.kind === "mutation" ? "POST" : "GET", template: `/${name}` };
}

function responsesOf(procedure: ProcedureDefinition, name: string, id: string): readonly SuccessResponse[] {
  if (procedure.kind === "socket") {
    return [];
  }
  const output = procedure.output;
  if (output === undefined) {
    throw new DefinitionError(
      "MISSING_OUTPUT",
      `'${id}' has no output: write .output(schema), or .output(z.void()) for none`,
    );
  }
  if (procedure.kind === "stream" && (output.kind === "statuses" || readMedia(output.schema) !== undefined)) {
    throw new DefinitionError(
      "WRONG_KIND",
      `'${id}' is finished with .stream, whose items have one schema: for bytes, write .output(binary("…")) and .query`,
    );
  }
  if (procedure.kind !== "stream" && slotsOf(output).some((slot) => readEvents(slot) !== undefined)) {
    throw new DefinitionError(
      "WRONG_KIND",
      `'${id}' answers with events(…), which only a stream sends: finish it with .stream(…)`,
    );
  }
  if (output.kind === "statuses") {
    return [...output.schemas].map(([status, slot]) => responseOf(status, slot, id));
  }
  return [responseOf(statusOf(procedure, name, output.schema, id), output.schema, id)];
}

function slotsOf(output: OutputDefinition): readonly unknown[] {
  return output.kind === "statuses" ? [...output.schemas.values()] : [output.schema];
}

function statusOf({ status, route }: ProcedureDefinition, name: string, slot: unknown, id: string): number {
  const media = readMedia(slot);
  if (media?.kind === "redirect") {
    if (status !== undefined && status !== media.status) {
      throw new DefinitionError(
        "BAD_STATUS",
        `'${id}' has the status ${status} and is a redirect(${media.status}): leave .status(…) out, and name it there`,
      );
    }
    return media.status;
  }
  const isCreated = name === "create" && route === undefined;
  return (
    status ?? (isCreated ? 201 : media === undefined && isNothing(readJson(slot)?.schema ?? slot) ? 204 : 200)
  );
}

/** 204, 205 and 304 carry no body (RFC 9110, 15.3.5, 15.3.6, 15.4.5). */
function responseOf(status: number, slot: unknown, id: string): SuccessResponse {
  const isBodyless = status === 204 || status === 205 || status === 304;
  const media = readMedia(slot);
  if (media !== undefined) {
    if (isBodyless) {
      throw new DefinitionError(
        "BAD_STATUS",
        `'${id}' has a body of ${media.kind}, and ${status} carries none`,
      );
    }
    return { status, schema: undefined, media, mode: PLAIN };
  }
  const json = readJson(slot);
  const mode = json === undefined ? PLAIN : { omit: json.omit, isTrusted: json.trust === true };
  const schema = json === undefined ? slot : json.schema;
  return { status, schema: isBodyless || isNothing(schema) ? undefined : schema, media, mode };
}

const PLAIN: SuccessResponse["mode"] = Object.freeze({ omit: undefined, isTrusted: false });

function isNothing(schema: unknown): boolean {
  return readSchema(schema).kind === "undefined";
}

function checkGuards(guards: readonly DependencyDefinition[], id: string): void {
  for (const dependency of collectDependencies(
    guards.length === 0 ? [] : [{ kind: "guard", dependencies: guards }],
    id,
  )) {
    if (dependency.input.size > 0 || Object.keys(dependency.errors).length > 0) {
      throw new DefinitionError(
        "GUARD_HAS_INPUT",
        `a guard that a router or the application puts around '${id}' has inputs or declared errors: use it in a base builder, procedure.guard(…)`,
      );
    }
  }
}
