import { procedure, query } from "@tenon/core";
import { z } from "zod";

procedure.output({ name: z.string() }).query(() => ({ name: 1 }));
