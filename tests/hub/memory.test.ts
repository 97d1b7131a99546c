import { memoryHub } from "@tenon/server/hub";
import { describeHub } from "./hub-contract.ts";

describeHub("memory", memoryHub, false);
