import type { OpenAPIObject, ParameterObject, SchemaObject } from "@tenon/core/openapi";
import { type Html, html } from "../html.ts";
import { inlineMarkdown } from "../markdown.ts";
import { constraints } from "./constraints.ts";
import { typeLabel } from "./type-label.ts";

/** The parameters of an operation as a table. */
export function parameterTable(
  document: OpenAPIObject,
  parameters: readonly ParameterObject[],
): Html | undefined {
  return parameters.length === 0
    ? undefined
    : html`<h4>Parameters</h4>
<table class="parameters"><thead><tr><th scope="col">Name</th><th scope="col">In</th><th scope="col">Type and meaning</th></tr></thead>
<tbody>${parameters.map((parameter) => row(document, parameter))}</tbody></table>`;
}

function row(document: OpenAPIObject, parameter: ParameterObject): Html {
  const { name, in: location, required, deprecated, description } = parameter;
  const schema = parameter.schema ?? parameter.content?.["application/json"]?.schema ?? {};
  return html`<tr><th scope="row"><code class="name">${name}</code>${
    required === true ? html` <span class="required">required</span>` : ""
  }${deprecated === true ? html` <span class="deprecated">deprecated</span>` : ""}</th><td>${location}</td><td><span class="type">${typeLabel(document, schema)}</span>${
    description === undefined ? "" : html`<p>${inlineMarkdown(description)}</p>`
  }${constraints(schema as SchemaObject)}${style(parameter)}</td></tr>`;
}

function style({ explode, style: name, content, name: key }: ParameterObject): Html | string {
  const note = content === undefined ? styleNote(name, explode, key) : "One value of JSON";
  return note === undefined ? "" : html`<p class="note">${note}</p>`;
}

function styleNote(style: string | undefined, explode: boolean | undefined, key: string): string | undefined {
  switch (style) {
    case undefined:
      return undefined;
    case "deepObject":
      return `One parameter for each field: ${key}[name]=x`;
    case "spaceDelimited":
      return "One value with spaces: a b";
    case "pipeDelimited":
      return "One value with bars: a|b";
    default:
      return explode === false ? "One value with commas: a,b" : "Repeat the name for each value";
  }
}
