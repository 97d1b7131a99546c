import { memoryJobs } from "@tenon/server/jobs";
import { describeEngine } from "./engine-contract.ts";

describeEngine({ name: "memory", engine: memoryJobs, isDurable: false });
