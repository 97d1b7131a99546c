import { procedure, query } from "@tenon/core";
import { z } from "zod";

procedure.output({ id: z.int(), name: z.string() }).query(() => ({ id: 1 }));
