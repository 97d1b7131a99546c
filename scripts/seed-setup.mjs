import fc from "fast-check";

// The everyday run makes the same values each time, so that a red run is a changed program; the fuzz suite draws new ones.
if (process.env.FUZZ_RUNS === undefined) {
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_260_101 });
}
