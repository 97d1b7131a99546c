import { procedure } from "@tenon/core";
import { z } from "zod";

procedure.output(z.string()).status(103);
