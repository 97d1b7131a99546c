/** `@tenon/server/templates`: pages of HTML from templates of Eta. */
export { type Page, page, type TemplateOptions, type Templates, templates } from "./templates/templates.ts";
