import { dependency, job } from "@tenon/core";
import { z } from "zod";

const page = dependency.input({ page: z.int() }).resolve(({ input }) => input.page);

job("send").use({ page });
