import { procedure } from "@tenon/core";

procedure.errors({ ODD: { status: 200 } });
