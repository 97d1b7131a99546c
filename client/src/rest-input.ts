import type { AnyPlaces, CallOptions, Flat, PathKeys, TagAt, TaggedKeys, ToIntersection } from "@tenon/core";

/** The flat input of a procedure, split by place for the one procedure of the call: `{ path, query, headers, cookies, body }`. */
export type RestInputOf<Input, P extends AnyPlaces, Template, M> = [P] extends [never]
  ? Trim<Split<Input, PathKeys<Template>, M>>
  : Trim<SplitTagged<Input, P["~tags"], PathKeys<Template>, M>> & P["~outside"];

interface Sections<Path, Query, Body> {
  path: Path;
  query: Query;
  body: Body;
}

type Split<Input, Keys, M> = M extends "GET" | "DELETE"
  ? Sections<Pick<Input, Keys & keyof Input>, Omit<Input, Keys & PropertyKey>, {}>
  : Sections<Pick<Input, Keys & keyof Input>, {}, Omit<Input, Keys & PropertyKey>>;
type SplitTagged<Input, Tags, Keys, M> = Sections<
  Pick<Input, Keys & keyof Input>,
  QueryOf<Input, Tags, Keys, M>,
  BodyOf<Input, Tags, Keys, M>
>;

type Untagged<Input, Tags, Keys> = Exclude<keyof Input, Keys | TaggedKeys<Tags>>;
type Spread<Input, Keys> = ToIntersection<Keys extends keyof Input ? Input[Keys] : never>;

type QueryOf<Input, Tags, Keys, M> = Pick<
  Input,
  keyof Input & (TagAt<Tags, "query"> | (M extends "GET" | "DELETE" ? Untagged<Input, Tags, Keys> : never))
> &
  ([TagAt<Tags, "query*">] extends [never] ? {} : Spread<Input, TagAt<Tags, "query*">>) &
  Renamed<Input, Tags>;
type Renamed<Input, Tags> = [Tags & `${string}@query:${string}`] extends [never]
  ? {}
  : {
      [T in Tags as T extends `${string}@query:${infer Name}`
        ? Name
        : never]?: T extends `${infer Key}@query:${string}`
        ? Key extends keyof Input
          ? Input[Key]
          : never
        : never;
    };

type BodyOf<Input, Tags, Keys, M> = [TagAt<Tags, "body">] extends [never]
  ? Pick<
      Input,
      keyof Input &
        (
          | TagAt<Tags, "form" | "file" | "file-stream">
          | (M extends "GET" | "DELETE" ? never : Untagged<Input, Tags, Keys>)
        )
    > &
      ([TagAt<Tags, "form*">] extends [never] ? {} : Spread<Input, TagAt<Tags, "form*">>)
  : Input[TagAt<Tags, "body"> & keyof Input];

/** Empty sections vanish; sections without a required key are optional. */
type Trim<S> = Flat<
  { [K in keyof S as {} extends S[K] ? never : K]: Flat<S[K]> } & {
    [K in keyof S as keyof S[K] extends never ? never : {} extends S[K] ? K : never]?: Flat<S[K]>;
  }
>;

/** The arguments after the path: optional where nothing is required. */
export type RestArguments<Input> = {} extends Input
  ? [input?: Input, options?: CallOptions]
  : [input: Input, options?: CallOptions];
