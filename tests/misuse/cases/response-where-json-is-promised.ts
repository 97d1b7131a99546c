import { procedure } from "@tenon/core";
import { z } from "zod";

procedure.output({ name: z.string() }).query(() => new Response("text"));
