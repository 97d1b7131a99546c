/** Carries an error through a call, which throws it as it is instead of making a transport failure of it: for tests. */
export class Thrown {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}
