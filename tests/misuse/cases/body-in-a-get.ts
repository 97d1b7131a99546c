import { body, procedure, query } from "@tenon/core";
import { z } from "zod";

procedure
  .input({ item: body(z.object({ name: z.string() })) })
  .output(z.string())
  .query(() => "x");
