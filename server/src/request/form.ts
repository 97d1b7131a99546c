/** The parts of a form by name, in the order in which they came. */
export type FormParts = ReadonlyMap<string, readonly (string | File)[]>;

/** What a form must keep to; bytes and counts. */
export interface FormLimits {
  /** Of the whole request. */
  readonly total: number;
  /** Of one file. */
  readonly file: number;
  /** Of one text part. */
  readonly text: number;
  readonly parts: number;
}
