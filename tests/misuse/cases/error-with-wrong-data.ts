import { procedure, query } from "@tenon/core";
import { z } from "zod";

procedure
  .errors({ NO: { status: 404, data: { id: z.int() } } })
  .output(z.void())
  .query(({ errors }) => errors.NO({ id: "x" }));
