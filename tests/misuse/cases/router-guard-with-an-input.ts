import { dependency, query, router } from "@tenon/core";
import { z } from "zod";

const audit = dependency.input({ trace: query(z.string()) }).resolve(() => 1);
router({}, { guard: [audit] });
