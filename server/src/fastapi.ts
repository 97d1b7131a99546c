import { type ExceptionHandlers, envelopeOf } from "./fastapi/envelope.ts";
import { LAX } from "./fastapi/grammar.ts";
import { streamDialect } from "./fastapi/streams.ts";
import type { Semantics } from "./semantics.ts";

export type { ErrorItem } from "./fastapi/error-item.ts";
export type { ExceptionHandlers } from "./fastapi/envelope.ts";
export { rawData } from "./fastapi/streams.ts";
export { TextBody } from "./response/problem.ts";

/** Options of the profile: FastAPI's exception handlers, and the status of refused input. */
export interface FastapiOptions extends ExceptionHandlers {
  /** The status of refused input, where a handler of `RequestValidationError` changes it; 422 otherwise. */
  readonly validationStatus?: number;
  /** False where JSON bodies without a content type are read: `FastAPI(strict_content_type=False)`. */
  readonly strictContentType?: boolean;
  /**
   * Ids of operations (`portal.read`) whose FastAPI handlers return a `Response` themselves. FastAPI's document knows nothing
   * of such replies and says `200`, any JSON; so does this one.
   */
  readonly undescribed?: readonly string[];
  /** Ids of streams that are JSON lines: those without `response_class=EventSourceResponse`. */
  readonly jsonLines?: readonly string[];
  /** Ids of streams whose FastAPI handlers have no return annotation: their JSON has spaces, as `json.dumps` writes it. */
  readonly unannotated?: readonly string[];
}

/**
 * The semantics of FastAPI 0.14x, for moving a service without its callers noticing:
 *
 *     createApp(routes, { semantics: fastapi() })
 *
 * Errors are `{ "detail": … }` with pydantic's `loc` lists, input is read as laxly, slashes are redirected by an absolute 307,
 * addresses answer neither to HEAD nor to OPTIONS by themselves, dependencies close after the response, and the document says
 * as little. `docs/fastapi.md` lists what stays different.
 */
export function fastapi({
  validationStatus = 422,
  strictContentType = true,
  undescribed = [],
  jsonLines = [],
  unannotated = [],
  ...handlers
}: FastapiOptions = {}): Semantics {
  return Object.freeze({
    text: Object.freeze({
      grammar: LAX,
      repeated: "last",
      headerFields: "field",
      strayHeaders: "refuse",
    }),
    json: LAX,
    statuses: Object.freeze({
      INVALID_INPUT: validationStatus,
      MALFORMED_BODY: validationStatus,
      UNSUPPORTED_MEDIA_TYPE: validationStatus,
    }),
    admission: "stepwise",
    mediaType: "ignore",
    untyped: strictContentType ? "refuse" : "read",
    slashes: Object.freeze({ status: 307, isAbsolute: true }),
    ownMethods: Object.freeze([]),
    streams: streamDialect({ jsonLines, unannotated }),
    socketTexts: "plain",
    defaultScope: "request",
    document: "brief",
    undescribed,
    envelope: Object.freeze(envelopeOf(handlers)),
  } satisfies Semantics);
}
