import { implement, procedure } from "@tenon/core";
import { z } from "zod";

const contract = { items: { list: procedure.output(z.int()).contract("query") } };
implement(contract, { items: {} });
