import type { Operation } from "@tenon/core";
import type { Mountable } from "../mount/mounts.ts";
import { writeAddress } from "./write-address.ts";

/** Where everything of an application is: what `urlFor` looks up. */
export class AddressBook {
  readonly #operations: readonly Operation[];
  readonly #mounts: Readonly<Record<string, Mountable>>;
  /** Made when first asked: most applications write no addresses. A procedure that is there twice has none of its own. */
  #byProcedure: Map<unknown, Operation | "ambiguous"> | undefined;

  constructor(operations: readonly Operation[], mounts: Readonly<Record<string, Mountable>>) {
    this.#operations = operations;
    this.#mounts = mounts;
  }

  /**
   * The path of a procedure (`items.read`, itself or its id), or of something below what is mounted (itself, or where: `/static`).
   * Throws a `TypeError` that says what is wrong.
   */
  pathOf(of: unknown, parameters: unknown): string {
    const prefix = this.#prefixOf(of);
    if (prefix !== undefined) {
      return below(prefix, typeof parameters === "string" ? parameters : "");
    }
    const operation = typeof of === "string" ? this.#byId(of) : this.#find(of);
    return writeAddress(operation, (parameters ?? {}) as Readonly<Record<string, unknown>>);
  }

  #prefixOf(of: unknown): string | undefined {
    const entry = Object.entries(this.#mounts).find(([prefix, mounted]) => mounted === of || prefix === of);
    return entry?.[0];
  }

  #byId(id: string): Operation {
    const operation = this.#operations.find((each) => each.id === id);
    if (operation === undefined) {
      throw new TypeError(`urlFor: there is neither an operation nor a mount '${id}' in this application.`);
    }
    return operation;
  }

  #find(procedure: unknown): Operation {
    if (this.#byProcedure === undefined) {
      this.#byProcedure = new Map();
      for (const operation of this.#operations) {
        const isKnown = this.#byProcedure.has(operation.procedure);
        this.#byProcedure.set(operation.procedure, isKnown ? "ambiguous" : operation);
      }
    }
    const found = this.#byProcedure.get(procedure);
    if (found === undefined) {
      throw new TypeError("urlFor: this is neither a procedure of this application nor mounted in it.");
    }
    if (found === "ambiguous") {
      throw new TypeError(
        "urlFor: this procedure is at several addresses: its module is in the application twice.",
      );
    }
    return found;
  }
}

/** Each segment is encoded; what would lead out is refused. */
function below(prefix: string, path: string): string {
  const segments = path.replace(/^\//, "").split("/");
  if (segments.includes("..") || segments.includes(".")) {
    throw new TypeError(`urlFor: '${path}' leads out of '${prefix}'.`);
  }
  const whole = segments.map(encodeURIComponent).join("/");
  return whole === "" ? prefix : `${prefix === "/" ? "" : prefix}/${whole}`;
}
