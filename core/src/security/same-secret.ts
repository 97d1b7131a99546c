/**
 * Compares a presented secret with the expected one in a time that tells nothing but the length of what was presented. Passwords
 * are compared by their hash function instead.
 */
export function sameSecret(presented: string, expected: string): boolean {
  const encoder = new TextEncoder();
  const given = encoder.encode(presented);
  const wanted = encoder.encode(expected);
  let difference = given.length ^ wanted.length;
  for (let index = 0; index < given.length; index++) {
    difference |= (given[index] as number) ^ (wanted[index % wanted.length] ?? 0);
  }
  return difference === 0;
}
