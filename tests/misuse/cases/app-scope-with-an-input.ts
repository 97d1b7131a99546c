import { dependency } from "@tenon/core";
import { z } from "zod";

dependency
  .scope("app")
  .input({ a: z.string() })
  .resolve(() => 1);
