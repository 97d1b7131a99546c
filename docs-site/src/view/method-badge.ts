import { type Html, html } from "../html.ts";

/** The method as a word and a colour. */
export function methodBadge(method: string): Html {
  return html`<span class="method ${method.toLowerCase()}">${method}</span>`;
}
