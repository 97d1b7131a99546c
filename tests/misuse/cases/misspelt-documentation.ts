import { procedure } from "@tenon/core";

procedure.doc({ sumary: "x" });
