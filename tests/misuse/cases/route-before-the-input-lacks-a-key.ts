import { procedure } from "@tenon/core";
import { z } from "zod";

procedure
  .input({ id: z.int() })
  .output(z.string())
  .route("POST /{slug}/archive")
  .mutation(() => "x");
