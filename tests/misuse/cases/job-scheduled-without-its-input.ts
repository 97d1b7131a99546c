import { job } from "@tenon/core";
import { z } from "zod";

job("send").input({ to: z.email() }).schedule("0 3 * * *");
