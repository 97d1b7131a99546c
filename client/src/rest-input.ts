import type { Form, MediaBody, Styled } from "./styled.ts";
import type {
  AnyPlaces,
  CallOptions,
  FileSource,
  Flat,
  PathKeys,
  TagAt,
  TaggedKeys,
  ToIntersection,
} from "@tenon/core";

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
  : Sections<Pick<Input, Keys & keyof Input>, {}, MaybeForm<Omit<Input, Keys & PropertyKey>>>;
type MaybeForm<Body> = [FileKeys<Body>] extends [never] ? Body : FormOf<Body, {}>;
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
  Renamed<Input, Tags> &
  StyledKeys<Input, Tags>;
type Renamed<Input, Tags> = [Tags & `${string}@query:${string}`] extends [never]
  ? {}
  : RenamedIn<Pick<Input, KeysOf<Tags, "query:"> & keyof Input>, Tags>;
type RenamedIn<Part, Tags> = { [K in keyof Part as NameOf<Tags, K, "query:">]: Part[K] };
type KeysOf<Tags, Place extends string> = Tags extends `${infer Key}@${Place}${string}` ? Key : never;
type NameOf<Tags, Key, Place extends string> = Tags extends `${Key & string}@${Place}${infer Name}`
  ? Name
  : never;

// What no value shows has to be said: `styled("csv", [1, 2])`.
type StyledKeys<Input, Tags> = [Tags & `${string}@query.${string}`] extends [never]
  ? {}
  : StyledIn<Pick<Input, KeysOf<Tags, "query."> & keyof Input>, Tags>;
type StyledIn<Part, Tags> = {
  [K in keyof Part as StyledName<NameOf<Tags, K, "query.">, K>]: Styled<
    StyleIn<NameOf<Tags, K, "query.">>,
    Part[K]
  >;
};
type StyledName<Word, Key> = Word extends `${string}:${infer Name}` ? Name : Key;
type StyleIn<Word> = Word extends `${infer Style}:${string}` ? Style : Word;

type BodyOf<Input, Tags, Keys, M> = [TagAt<Tags, "body-raw">] extends [never]
  ? JsonOrForm<Input, Tags, Keys, M>
  : MediaBody | Blob;
type JsonOrForm<Input, Tags, Keys, M> = [TagAt<Tags, "body">] extends [never]
  ? [Tags & `${string}@${"form" | "file"}${string}`] extends [never]
    ? M extends "GET" | "DELETE"
      ? {}
      : MaybeForm<Pick<Input, Untagged<Input, Tags, Keys>>>
    : FormBodyOf<Input, Tags>
  : Input[TagAt<Tags, "body"> & keyof Input];
// A file shows that the body is a form; without one, the call says so.
type FormBodyOf<Input, Tags> = [Tags & `${string}@form*`] extends [never]
  ? FormOf<
      FormFields<Input, Tags> & Omit<Pick<Input, FileKeys<Input>>, TaggedKeys<Tags>>,
      Pick<Input, TagAt<Tags, "form.json"> & keyof Input>
    >
  : (FormFields<Input, Tags> & Pick<Input, TagAt<Tags, "form.json"> & keyof Input>) | Form<object>;
type FormOf<Fields, Json> =
  | Form<Flat<Fields & JsonParts<Json>>>
  | ([FileKeys<Fields>] extends [never] ? never : Fields & Json & WithFile<Pick<Fields, FileKeys<Fields>>>);
// Files that may be left out have to be there, where nothing else shows that the body is a form.
type WithFile<Files> = {} extends Files ? { [K in keyof Files]-?: Exclude<Files[K], undefined> } : {};
/** The keys that hold files; `unknown` holds anything. */
type FileKeys<Input> = {
  [K in keyof Input]-?: unknown extends Input[K]
    ? never
    : [FileSource] extends [Input[K]]
      ? K
      : [FileSource[]] extends [Input[K]]
        ? K
        : never;
}[keyof Input];
type FormFields<Input, Tags> = Pick<Input, keyof Input & TagAt<Tags, "form" | "file" | "file-stream">> &
  FormNames<Input, Tags>;
type JsonParts<Part> = { [K in keyof Part]: Styled<"json", Part[K]> };

// Form models are spread, and named fields have their names.
type FormNames<Input, Tags> = [
  Tags & `${string}@${"form" | "form.json" | "file"}${"*" | ":"}${string}`,
] extends [never]
  ? {}
  : Spread<Input, TagAt<Tags, "form*">> &
      Named<Pick<Input, KeysOf<Tags, "form:" | "form.json:" | "file:"> & keyof Input>, Tags>;
type Named<Part, Tags> = {
  [K in keyof Part as NameOf<Tags, K, "form:" | "form.json:" | "file:">]: Part[K];
};

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
