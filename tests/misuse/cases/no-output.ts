import { procedure, query } from "@tenon/core";
import { z } from "zod";

procedure.input({ id: z.int() }).query(() => "x");
