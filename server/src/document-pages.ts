import type { Operation } from "@tenon/core";
import type { Page } from "./compile.ts";

/** What the app says about its document and its docs. */
export interface DocumentOptions {
  info?: { title: string; version: string; description?: string };
  /** The address of the document; false for none. */
  openapi?: `/${string}` | false;
  /** The address of the docs; false for none. */
  docs?: `/${string}` | false;
}

/** The pages of an application that are no procedures. */
export function documentPages(_operations: readonly Operation[], _options: DocumentOptions): readonly Page[] {
  return [];
}
