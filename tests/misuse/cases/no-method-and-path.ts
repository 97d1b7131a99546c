import { procedure } from "@tenon/core";

procedure.route("FETCH /x");
