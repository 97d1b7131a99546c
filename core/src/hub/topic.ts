import { DefinitionError } from "../error/definition-error.ts";
import { isSchema } from "../procedure/input-field.ts";
import { objectOf, readShape } from "../procedure/shape.ts";
import type { Out, Returnable } from "../type/schema-side.ts";

/** What can be published and followed: a name and the schema of its messages. */
export interface Topic<Sent, Received> {
  readonly "~kind": "topic";
  /** What `publish` takes: the server's side of the schema, defaults omitted. */
  readonly "~sent": Sent;
  /** What followers get. */
  readonly "~received": Received;
  readonly name: string;
}

/** A topic at run time. */
export interface TopicDefinition {
  readonly "~kind": "topic";
  readonly name: string;
  readonly schema: unknown;
}

/** A topic whatever its messages are. */
// oxlint-disable-next-line typescript/no-explicit-any -- the top of the constraint: both sides are read by key
export type AnyTopic = Topic<any, any>;

const NAME = /^[\w.-]{1,100}$/;

/**
 * Defines a topic: `topic("chat", { author: z.string(), text: z.string() })`. Processes that share a hub know it by its name.
 * Throws a `DefinitionError` for a name that is none.
 */
export function topic<const M>(name: string, message: M): Topic<Returnable<M>, Out<M>> {
  if (!NAME.test(name)) {
    throw new DefinitionError(
      "BAD_TOPIC",
      `'${name}' is no name of a topic: letters, digits, '.', '_' and '-', at most 100`,
    );
  }
  const schema = isSchema(message) ? message : objectOf(readShape(message as object, `the topic '${name}'`));
  const definition: TopicDefinition = { "~kind": "topic", name, schema };
  return Object.freeze(definition) as never;
}

/** The definition of a topic. */
export function readTopic(topic: AnyTopic): TopicDefinition {
  return topic as unknown as TopicDefinition;
}
