import { procedure } from "@tenon/core";

procedure.use({ db: { find: () => 1 } });
