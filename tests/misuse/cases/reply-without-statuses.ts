import { procedure, query } from "@tenon/core";
import { z } from "zod";

procedure.output(z.string()).query(({ reply }) => reply(200, "x"));
