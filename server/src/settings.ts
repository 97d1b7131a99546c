/** `@tenon/server/settings`: typed settings from the environment. */
export { settings, type SettingsOf, type SettingsOptions } from "./settings/settings.ts";
export { SettingsError, type SettingsProblem } from "./settings/settings-error.ts";
