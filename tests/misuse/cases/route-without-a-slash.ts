import { procedure } from "@tenon/core";

procedure.route("GET items");
