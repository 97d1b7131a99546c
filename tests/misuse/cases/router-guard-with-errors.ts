import { dependency, router } from "@tenon/core";

const audit = dependency.errors({ NO: { status: 403 } }).resolve(() => 1);
router({}, { guard: [audit] });
