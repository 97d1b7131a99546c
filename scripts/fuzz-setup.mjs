import fc from "fast-check";

fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: Number(process.env.FUZZ_RUNS) });
