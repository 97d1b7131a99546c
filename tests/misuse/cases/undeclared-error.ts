import { procedure, query } from "@tenon/core";
import { z } from "zod";

procedure
  .errors({ GONE: { status: 410 } })
  .output(z.void())
  .query(({ errors }) => errors.MISSING());
