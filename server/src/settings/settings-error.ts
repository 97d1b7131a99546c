/** What is wrong with one variable. */
export interface SettingsProblem {
  readonly variable: string;
  readonly key: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Settings that cannot be used: lists every problem at once, and no value. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  readonly problems: readonly SettingsProblem[];

  constructor(problems: readonly SettingsProblem[]) {
    const lines = problems.map(({ variable, path, message }) =>
      path.length === 0 ? `  ${variable}: ${message}` : `  ${variable} (${path.join(".")}): ${message}`,
    );
    super(`the settings are not usable:\n${lines.join("\n")}`);
    this.problems = problems;
  }
}
