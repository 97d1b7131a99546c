import { highlight, type Language } from "../highlight.ts";
import { type Html, html } from "../html.ts";

/** A piece of code under a caption. It scrolls, so that it can have the focus. */
export function codeBlock(caption: string, code: string, language: Language): Html {
  return html`<figure class="code"><figcaption>${caption}</figcaption><pre tabindex="0"><code>${highlight(code, language)}</code></pre></figure>`;
}
