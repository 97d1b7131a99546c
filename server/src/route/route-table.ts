import { decodeSegment } from "../request/target.ts";

/** Where a path led: an entry with the texts of its parameters, or what is wrong with the path. */
export interface Match<Entry> {
  readonly entry: Entry;
  /** Decoded, in the order of the template. */
  readonly values: readonly string[];
}

const NO_VALUES: readonly string[] = Object.freeze([]);

interface Node<Entry> {
  readonly literals: Map<string, Node<Entry>>;
  parameter: Node<Entry> | undefined;
  /** By method. */
  entries: Map<string, Entry> | undefined;
  rest: Map<string, Entry> | undefined;
}

/**
 * Paths to entries, by method. Static beats parameter beats catch-all, whatever the order of adding, with backtracking.
 * A static path costs one look-up; the trie is walked segment by segment.
 */
export class RouteTable<Entry> {
  readonly #static = new Map<string, Map<string, Entry>>();
  readonly #root: Node<Entry> = node();
  #hasSlashEnds = false;
  #hasCatchAlls = false;

  /** Some path ends with a slash: most tables have none, and need not be asked twice for a path that leads nowhere. */
  get hasSlashEnds(): boolean {
    return this.#hasSlashEnds;
  }

  /** Some path ends with a catch-all. */
  get hasCatchAlls(): boolean {
    return this.#hasCatchAlls;
  }

  add(method: string, path: string, entry: Entry): void {
    this.#hasSlashEnds ||= path.length > 1 && path.endsWith("/");
    this.#hasCatchAlls ||= path.endsWith("*}");
    if (!path.includes("{")) {
      let paths = this.#static.get(method);
      if (paths === undefined) {
        paths = new Map();
        this.#static.set(method, paths);
      }
      paths.set(path, entry);
    }
    let at = this.#root;
    for (const segment of path.slice(1).split("/")) {
      if (segment.endsWith("*}")) {
        at.rest ??= new Map();
        at.rest.set(method, entry);
        return;
      }
      if (segment.startsWith("{")) {
        at.parameter ??= node();
        at = at.parameter;
      } else {
        let next = at.literals.get(segment);
        if (next === undefined) {
          next = node();
          at.literals.set(segment, next);
        }
        at = next;
      }
    }
    at.entries ??= new Map();
    at.entries.set(method, entry);
  }

  /** The entry at a raw path. `"malformed"` where a parameter's percent-encoding is broken or hides a control character. */
  match(method: string, path: string): Match<Entry> | "malformed" | undefined {
    const hit = this.#static.get(method)?.get(path);
    if (hit !== undefined) {
      return { entry: hit, values: NO_VALUES };
    }
    return walk(this.#root, path, 1, [], (entries) => entries.get(method));
  }

  /** The methods that a raw path answers to, sorted; a catch-all may be asked to catch something. */
  methodsAt(path: string, rest?: "no empty catch-all"): string[] {
    const methods = new Set<string>();
    walk(this.#root, path, 1, [], (entries, caught) => {
      if (caught === "" && rest !== undefined) {
        return undefined;
      }
      for (const method of entries.keys()) {
        methods.add(method);
      }
      return undefined;
    });
    return [...methods].sort();
  }
}

function node<Entry>(): Node<Entry> {
  return { literals: new Map(), parameter: undefined, entries: undefined, rest: undefined };
}

function walk<Entry>(
  at: Node<Entry>,
  path: string,
  start: number,
  values: string[],
  pick: (entries: Map<string, Entry>, caught?: string) => Entry | undefined,
): Match<Entry> | "malformed" | undefined {
  const slash = path.indexOf("/", start);
  const segment = slash < 0 ? path.slice(start) : path.slice(start, slash);
  const text = decodeSegment(segment);
  if (text === undefined) {
    return "malformed";
  }
  const literal = at.literals.get(text);
  if (literal !== undefined) {
    const found = step(literal, path, slash, values, pick);
    if (found !== undefined) {
      return found;
    }
  }
  if (at.parameter !== undefined && segment !== "") {
    values.push(text);
    const found = step(at.parameter, path, slash, values, pick);
    if (found !== undefined) {
      return found;
    }
    values.pop();
  }
  if (at.rest !== undefined) {
    const entry = pick(at.rest, path.slice(start));
    if (entry !== undefined) {
      const rest = decodeRest(path.slice(start));
      return rest === undefined ? "malformed" : { entry, values: [...values, rest] };
    }
  }
  return undefined;
}

function step<Entry>(
  next: Node<Entry>,
  path: string,
  slash: number,
  values: string[],
  pick: (entries: Map<string, Entry>, caught?: string) => Entry | undefined,
): Match<Entry> | "malformed" | undefined {
  if (slash >= 0) {
    return walk(next, path, slash + 1, values, pick);
  }
  const entry = next.entries === undefined ? undefined : pick(next.entries);
  return entry === undefined ? undefined : { entry, values };
}

function decodeRest(rest: string): string | undefined {
  const texts = rest.split("/").map(decodeSegment);
  return texts.includes(undefined) ? undefined : texts.join("/");
}
