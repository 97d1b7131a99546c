import { dependency, implement, procedure } from "@tenon/core";
import { z } from "zod";

const contract = { items: { list: procedure.output(z.int()).contract("query") } };
const odd = dependency.errors({ ODD: { status: 409 } }).resolve(() => 1);
implement(contract, { items: { list: (each) => each.use({ odd }).handle(() => 1) } });
