import { procedure, query } from "@tenon/core";
import { z } from "zod";

procedure.output({ 200: z.string(), 201: z.string() }).query(({ reply }) => reply(204, "x"));
