import { dependency } from "@tenon/core";

const session = dependency.resolve(() => 1);
dependency
  .scope("app")
  .use({ session })
  .resolve(() => 1);
