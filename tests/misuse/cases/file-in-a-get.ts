import { file, procedure, query } from "@tenon/core";
import { z } from "zod";

procedure
  .input({ picture: file() })
  .output(z.string())
  .query(() => "x");
