import { discriminatedUnion, literal, object } from "zod/mini";
import { DefinitionError } from "../error/definition-error.ts";
import type { Delivered, Returnable } from "../type/schema-side.ts";
import type { Mistake } from "../type/mistake.ts";
import { isSchema } from "./input-field.ts";
import type { Codec } from "./media.ts";
import { objectOf, readShape } from "./shape.ts";

/** What the handler of a stream of events yields, and what the client gets: a union by `event`. */
export interface EventsOutput<Server, Client> extends Codec<Server, Client> {
  readonly "~events": readonly string[];
}

/** One event of a union, as the handler yields it. */
export type Yielded<Events> = {
  [Name in keyof Events & string]: { readonly event: Name; readonly data: Returnable<Events[Name]> };
}[keyof Events & string];

/** One event of a union, as the client gets it. */
export type Arrived<Events> = {
  [Name in keyof Events & string]: { readonly event: Name; readonly data: Delivered<Events[Name]> };
}[keyof Events & string];

/** `error` ends a stream with its problem; `gap` tells of events that are lost. */
type OwnEvent = "error" | "gap";

type CheckNames<Events> = {
  [Name in keyof Events]: Name extends OwnEvent
    ? Mistake<`'${Name}' is an event of the framework's own: choose another name`>
    : unknown;
};

const OWN: ReadonlySet<string> = new Set(["error", "gap"]);

/**
 * The output of a stream of several kinds of events, each with data of its own:
 *
 *     .output(events({ token: { text: z.string() }, done: z.null() }))
 *     .stream(async function* () { yield { event: "token", data: { text: "Hi" } }; yield { event: "done", data: null }; })
 *
 * On the wire the name is the event's (WHATWG HTML, 9.2.6), so that an `EventSource` can listen for it; a line of JSON lines is
 * `{"event":"token","data":{"text":"Hi"}}`. The client gets the union.
 */
export function events<const Events extends Readonly<Record<string, unknown>>>(
  events: Events & CheckNames<Events>,
): EventsOutput<Yielded<Events>, Arrived<Events>> {
  const names = Object.keys(events);
  const wrong = names.find((name) => name === "" || OWN.has(name) || /[\r\n]/.test(name));
  if (names.length === 0 || wrong !== undefined) {
    throw new DefinitionError(
      "BAD_EVENTS",
      wrong === undefined
        ? "events({}) has no event: write one like events({ message: z.string() })"
        : `events(…): ${JSON.stringify(wrong)} cannot be the name of an event: 'error' and 'gap' are the framework's own, and a name is one line`,
    );
  }
  const members = Object.entries(events).map(([name, slot]) =>
    object({ event: literal(name), data: schemaOf(slot, name) as never }),
  );
  const union = discriminatedUnion("event", members as never);
  return Object.assign(union, { "~events": Object.freeze(names) }) as never;
}

/** The names of the events of an output; undefined where it is no union of events. */
export function readEvents(slot: unknown): readonly string[] | undefined {
  return (slot as Partial<EventsOutput<unknown, unknown>> | null | undefined)?.["~events"];
}

function schemaOf(slot: unknown, name: string): unknown {
  return isSchema(slot) ? slot : objectOf(readShape(slot as object, `events({ ${name} })`));
}
