import { dependency, procedure } from "@tenon/core";

const db = dependency.resolve(() => 1);
procedure.use({ input: db });
