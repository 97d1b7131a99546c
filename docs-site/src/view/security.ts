import type { OpenAPIObject, SecuritySchemeObject } from "@tenon/core/openapi";
import { type Html, html, join } from "../html.ts";
import { markdown } from "../markdown.ts";
import type { DocumentedOperation } from "../operation.ts";
import { resolve } from "../resolve.ts";

/** The credentials that an operation asks for, in one line. */
export function credentialLine(
  document: OpenAPIObject,
  { operation }: DocumentedOperation,
): Html | undefined {
  const requirements = operation.security ?? document.security ?? [];
  const wanted = requirements.filter((requirement) => Object.keys(requirement).length > 0);
  if (wanted.length === 0) {
    return undefined;
  }
  const isOptional = wanted.length < requirements.length;
  const names = wanted.map((requirement) =>
    join(
      Object.entries(requirement).map(
        ([name, scopes]) =>
          html`<a href="#auth-${encodeURIComponent(name)}"><code>${name}</code></a>${scopes.length === 0 ? "" : ` (${scopes.join(", ")})`}`,
      ),
      " and ",
    ),
  );
  return html`<p class="auth"><strong>Credentials</strong> ${join(names, " or ")}${isOptional ? ", or none" : ""}</p>`;
}

/** How each security scheme is met. */
export function authentication(document: OpenAPIObject): Html | undefined {
  const schemes = Object.entries(document.components?.securitySchemes ?? {});
  return schemes.length === 0
    ? undefined
    : html`<section class="chapter" id="authentication" aria-labelledby="authentication-title"><h2 id="authentication-title">Authentication</h2>
${schemes.map(([name, reference]) => {
  const scheme = resolve<SecuritySchemeObject>(document, reference);
  return html`<div class="scheme" id="auth-${encodeURIComponent(name)}"><h3><code>${name}</code></h3>${
    scheme === undefined ? "" : html`<p>${howTo(scheme)}</p>`
  }${scheme?.description === undefined ? "" : markdown(scheme.description)}</div>`;
})}</section>`;
}

function howTo({ type, scheme, bearerFormat, in: location, name }: SecuritySchemeObject): Html {
  switch (type) {
    case "http":
      return scheme?.toLowerCase() === "basic"
        ? html`HTTP Basic: <code>Authorization: Basic …</code> with user name and password in base64.`
        : html`Send <code>Authorization: ${scheme === "bearer" ? "Bearer" : scheme} …</code>${bearerFormat === undefined ? "" : html` with a ${bearerFormat}`}.`;
    case "apiKey":
      return html`Send the key in the ${location} <code>${name}</code>.`;
    case "oauth2":
      return html`OAuth 2.0.`;
    case "openIdConnect":
      return html`OpenID Connect.`;
  }
}
