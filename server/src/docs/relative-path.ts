/** How a page at one path refers to another, so that both may be served under any prefix. */
export function relativePath(from: string, to: string): string {
  const folder = from.split("/").slice(1, -1);
  const target = to.split("/").slice(1);
  let shared = 0;
  while (shared < folder.length && shared < target.length - 1 && folder[shared] === target[shared]) {
    shared++;
  }
  const up = "../".repeat(folder.length - shared);
  return `${up}${target.slice(shared).join("/")}` || "./";
}
