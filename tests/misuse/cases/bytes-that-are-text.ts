import { binary, procedure } from "@tenon/core";

procedure.output(binary("image/png")).query(() => "text");
