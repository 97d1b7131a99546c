import { procedure } from "@tenon/core";

procedure.scopes("items");
