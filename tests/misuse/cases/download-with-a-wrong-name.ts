import { download, procedure } from "@tenon/core";

procedure.output(download()).query(() => ({ path: "/a", filename: 7 }));
