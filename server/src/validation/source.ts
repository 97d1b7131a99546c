/** Source text in the making: lines, fresh names, and the constants that the text refers to. */
export class Source {
  readonly names: string[] = [];
  readonly values: unknown[] = [];
  lines: string[] = [];
  #known: Map<unknown, string> = new Map();
  #count = 0;

  /** A name under which the text can use a value that has no source text of its own. */
  constant(value: unknown): string {
    let name = this.#known.get(value);
    if (name === undefined) {
      name = `k${this.values.length}`;
      this.names.push(name);
      this.values.push(value);
      this.#known.set(value, name);
    }
    return name;
  }

  variable(): string {
    return `v${this.#count++}`;
  }

  line(text: string): void {
    this.lines.push(text);
  }

  /** Writes a declaration and answers with its name. */
  declare(expression: string, keyword: "const" | "let" = "const"): string {
    const name = this.variable();
    this.line(`${keyword} ${name} = ${expression};`);
    return name;
  }

  /** Refuses the value under a condition. */
  refuseIf(condition: string): void {
    this.line(`if (${condition}) return INVALID;`);
  }

  /** Collects what `write` writes, apart from the rest. */
  apart(write: () => void): string[] {
    const outer = this.lines;
    this.lines = [];
    write();
    const inner = this.lines;
    this.lines = outer;
    return inner;
  }
}

/** A key as an access on an expression. */
export function access(object: string, key: string): string {
  return IDENTIFIER.test(key) ? `${object}.${key}` : `${object}[${JSON.stringify(key)}]`;
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
