const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(\.\d+)?(?:[Zz]|[+-](\d{2}):(\d{2}))$/;

const DAYS: readonly number[] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Reads an RFC 3339 date and time; `undefined` when it is none, or names a day that no calendar has. */
export function decodeDate(text: string): Date | undefined {
  const parts = text.length <= 64 ? DATE_TIME.exec(text) : null;
  if (parts === null) {
    return undefined;
  }
  const year = Number(parts[1]);
  const month = Number(parts[2]);
  const day = Number(parts[3]);
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (day < 1 || day > (DAYS[month - 1] ?? 0) || (month === 2 && day === 29 && !isLeapYear)) {
    return undefined;
  }
  if (Number(parts[4]) > 23 || Number(parts[5]) > 59 || Number(parts[6]) > 59) {
    return undefined;
  }
  if (Number(parts[8] ?? 0) > 23 || Number(parts[9] ?? 0) > 59) {
    return undefined;
  }
  const date = new Date(text.toUpperCase());
  return isEncodableDate(date) ? date : undefined;
}

/** Writes a date as RFC 3339 in UTC; `undefined` for an invalid date or a year that RFC 3339 cannot write. */
export function encodeDate(date: Date): string | undefined {
  return isEncodableDate(date) ? date.toISOString() : undefined;
}

// The years 0000 to 9999, in milliseconds.
const FIRST = -62_167_219_200_000;
const LAST = 253_402_300_799_999;

function isEncodableDate(date: Date): boolean {
  const time = date.getTime();
  return time >= FIRST && time <= LAST;
}
