/** `@tenon/server/static`: files of a folder, and the pages of a front end. */
export { staticFiles, type StaticOptions } from "./static/static-files.ts";
