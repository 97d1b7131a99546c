import { procedure, query } from "@tenon/core";
import { z } from "zod";

procedure
  .input({ tags: query(z.array(z.string())).optional() })
  .output(z.void())
  .query(() => {});
