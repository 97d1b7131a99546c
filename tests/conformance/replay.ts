import type { OpenAPIObject } from "@tenon/core/openapi";
import { documentedOperations, type DocumentedOperation } from "./documented.ts";
import { type Known, ValueGenerator } from "./generate-value.ts";
import { writeRequest } from "./request-draft.ts";
import type { CredentialSets } from "./request-ground.ts";
import { requestVariants, type Variant } from "./request-variants.ts";
import { schemaCheck } from "./schema-check.ts";
import { responseValidator } from "./validate-response.ts";

/** An application under replay. */
export interface Subject {
  readonly document: OpenAPIObject;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly credentials: CredentialSets;
  /** Values for names that the application has to know, made anew for each request. */
  readonly known?: (operation: string) => Promise<Known> | Known;
  /** What else to ask than what follows from the document. */
  readonly scenarios?: readonly Scenario[];
  /** Operations whose valid requests fail on purpose: id → status. */
  readonly failing?: Readonly<Record<string, number>>;
}

/** A request that is valid by its document, and is refused all the same. */
export interface Scenario {
  readonly operation: string;
  readonly status: number;
  readonly known?: Known;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where to ask; at both addresses by default. */
  readonly address?: "rest" | "rpc";
}

/** One request of the replay, and what came of it. */
export interface Replayed {
  readonly operation: string;
  readonly address: "rest" | "rpc";
  readonly accept: string;
  readonly variant: string;
  readonly status: number;
  readonly type: string | undefined;
  /** The codes of the problems in the reply. */
  readonly codes: readonly string[];
  /** Whatever is not as it should be. */
  readonly complaints: readonly string[];
}

const WIRES = ["application/json", "application/vnd.tenon+json, application/json;q=0.9"];
const STREAM_WIRES = ["text/event-stream", "application/jsonl"];

/** Asks every operation of a document, at both addresses and on both wires, for everything that its document lets us expect. */
export async function replay(subject: Subject): Promise<readonly Replayed[]> {
  const { document } = subject;
  const generator = new ValueGenerator(document, schemaCheck(document));
  const validate = responseValidator(document);
  const replayed: Replayed[] = [];
  for (const { documented, address, accept } of places(documentedOperations(document))) {
    const { id } = documented;
    const make = (known: Known): readonly Variant[] =>
      requestVariants(document, generator, documented, address, accept, subject.credentials, known);
    const scenarios = (subject.scenarios ?? []).filter(
      (scenario) => scenario.operation === id && (scenario.address ?? address) === address,
    );
    const count = make((await subject.known?.(id)) ?? {}).length;
    for (let index = 0; index < count + scenarios.length; index++) {
      const scenario = scenarios[index - count];
      const known = { ...(await subject.known?.(id)), ...scenario?.known };
      const variant = make(known).at(scenario === undefined ? index : 0);
      if (variant === undefined) {
        throw new Error(`${id} lost a request: its document has to give the same ones each time`);
      }
      const failing = variant.name === "valid" || variant.name === "head" ? subject.failing?.[id] : undefined;
      const expected =
        scenario === undefined ? (failing === undefined ? variant.expected : [failing]) : [scenario.status];
      const draft =
        scenario === undefined
          ? variant.draft
          : { ...variant.draft, headers: { ...variant.draft.headers, ...scenario.headers } };
      const request = writeRequest(draft);
      const { method, url } = request;
      const response = await subject.fetch(request);
      const { status, headers } = response;
      const text = await response.text();
      replayed.push({
        operation: id,
        address,
        accept,
        variant: scenario === undefined ? variant.name : `scenario ${status}`,
        status,
        type: headers.get("content-type") ?? undefined,
        codes: [...text.matchAll(/"code":"([A-Z_]+)"/g)].map(([, code = ""]) => code),
        complaints: [
          ...validate(method, url, { status, headers, text }),
          ...(expected.includes(status) ? [] : [`expected ${expected.join("/")}: ${text.slice(0, 300)}`]),
        ],
      });
    }
  }
  return replayed;
}

interface Place {
  readonly documented: DocumentedOperation;
  readonly address: "rest" | "rpc";
  readonly accept: string;
}

function places(operations: readonly DocumentedOperation[]): readonly Place[] {
  return operations.flatMap((documented) =>
    (documented.rpcPath === undefined ? (["rest"] as const) : (["rest", "rpc"] as const)).flatMap((address) =>
      (documented.isStream ? STREAM_WIRES : WIRES).map((accept) => ({ documented, address, accept })),
    ),
  );
}

/** The complaints of a replay, each with its request. */
export function complaintsOf(replayed: readonly Replayed[]): readonly string[] {
  return replayed.flatMap(({ operation, address, accept, variant, status, complaints }) =>
    complaints.map((each) => `${operation} (${address}, ${accept}, ${variant}) → ${status}: ${each}`),
  );
}
