/** The keys that a path template names: `/orgs/{org}/files/{rest*}` gives `"org" | "rest"`. */
export type PathKeys<Template> = Template extends `${string}{${infer Key}}${infer Rest}`
  ? (Key extends `${infer Name}*` ? Name : Key) | PathKeys<Rest>
  : never;
