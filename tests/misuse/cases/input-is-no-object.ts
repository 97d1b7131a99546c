import { procedure, query } from "@tenon/core";
import { z } from "zod";

procedure
  .input(z.string())
  .output(z.void())
  .query(() => {});
