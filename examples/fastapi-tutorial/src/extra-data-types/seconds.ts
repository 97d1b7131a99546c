import { z } from "zod";

const PARTS = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const SECONDS = [86_400, 3600, 60, 1] as const;

/** An ISO 8601 duration of days and less on the wire, seconds in the handler. */
export const Seconds = z.codec(z.iso.duration(), z.number(), {
  decode: (text, context) => {
    const parts = PARTS.exec(text);
    if (parts === null) {
      context.issues.push({ code: "custom", message: "a duration of days and less", input: text });
      return z.NEVER;
    }
    return SECONDS.reduce((sum, unit, index) => sum + unit * Number(parts[index + 1] ?? 0), 0);
  },
  encode: (seconds) => `PT${seconds}S`,
});
