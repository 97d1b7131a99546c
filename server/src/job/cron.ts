import { DefinitionError, type JobDefinition } from "@tenon/core";
import { Cron } from "croner";

const NAMES = /\b(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|MON|TUE|WED|THU|FRI|SAT|SUN)\b/gi;

/** Checks a job's schedule: what is written here means the same to every engine. */
export function checkSchedule({ name, schedule }: JobDefinition): void {
  if (schedule === undefined) {
    return;
  }
  const { cron, timeZone } = schedule;
  const wrong = (why: string): DefinitionError =>
    new DefinitionError(
      "BAD_SCHEDULE",
      `the job '${name}' is scheduled by '${cron}' in ${timeZone}, ${why}: write five fields and a time zone, .schedule("0 3 * * 1-5", { timeZone: "Europe/Zurich" })`,
    );
  if (!/^[\d*,/-]+(?: [\d*,/-]+){4}$/.test(cron.replaceAll(NAMES, "1"))) {
    throw wrong("which is not minute, hour, day, month and day of the week");
  }
  let next: Date | undefined;
  try {
    next = nextRun(cron, timeZone, new Date());
  } catch (error) {
    throw wrong(`which cannot be read (${(error as Error).message})`);
  }
  if (next === undefined) {
    throw wrong("which never comes");
  }
}

/** The next moment that a pattern names; undefined where it never comes. */
export function nextRun(cron: string, timeZone: string, after: Date): Date | undefined {
  const pattern = new Cron(cron, { timezone: timeZone, mode: "5-part", paused: true });
  return pattern.nextRun(after) ?? undefined;
}
