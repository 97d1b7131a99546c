import { router } from "@tenon/core";

router({}, { prefix: "items" });
