import type { MediaTypeObject, OpenAPIObject, ReferenceObject, ResponseObject } from "@tenon/core/openapi";
import { exampleOf } from "../example/example.ts";
import { type Html, html } from "../html.ts";
import type { DocumentedOperation } from "../operation.ts";
import { resolve } from "../resolve.ts";
import { clientSample } from "../sample/client.ts";
import { curlSample } from "../sample/curl.ts";
import { sampleRequest } from "../sample/request.ts";
import { codeBlock } from "./code.ts";
import { isBytes } from "./type-label.ts";

/** The call in the typed client and in a terminal, and what comes back. */
export function samples(document: OpenAPIObject, documented: DocumentedOperation): Html {
  const request = sampleRequest(document, documented);
  const isSocket = documented.operation["x-websocket"] !== undefined;
  return html`<div class="samples">
${codeBlock("Typed client", clientSample(document, documented, request), "ts")}
${isSocket ? "" : codeBlock("curl", curlSample(document, documented, request), "shell")}
${responseExamples(document, documented)}
</div>`;
}

/** An example of each success, and of the first failure that the author declared. */
function responseExamples(document: OpenAPIObject, { operation }: DocumentedOperation): readonly Html[] {
  const responses = Object.entries(operation.responses ?? {}) as [string, ResponseObject | ReferenceObject][];
  const declared = responses.filter(([status, response]) => !status.startsWith("2") && !("$ref" in response));
  const shown = [...responses.filter(([status]) => status.startsWith("2")), ...declared.slice(0, 1)];
  return shown.flatMap(([status, reference]) => {
    const response = resolve<ResponseObject>(document, reference);
    const [media] = Object.entries<MediaTypeObject>(response?.content ?? {});
    const [type, { schema, "x-tenon-stream": stream }] = media ?? ["", {}];
    const value = schema === undefined || isBytes(type, schema) ? undefined : exampleOf(document, schema);
    if (value === undefined) {
      return [];
    }
    return stream === undefined
      ? [codeBlock(`${status} ${type}`, JSON.stringify(value, null, 2), "json")]
      : [codeBlock(`${status} ${type}`, eventText(value, stream), "json")];
  });
}

/** One event as it is on the wire; a union of events says the name apart. */
function eventText(value: unknown, stream: unknown): string {
  if (stream !== "event") {
    return `data: ${JSON.stringify(value)}\n\n`;
  }
  const { event, data } = value as { event: string; data: unknown };
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
