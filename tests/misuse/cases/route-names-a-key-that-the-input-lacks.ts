import { procedure, query } from "@tenon/core";
import { z } from "zod";

procedure
  .route("GET /{itemId}")
  .input({ id: z.int() })
  .output(z.string())
  .query(() => "x");
