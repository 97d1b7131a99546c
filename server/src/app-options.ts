import type { Dependency, Logger, Middleware } from "@tenon/core";
import type { Background } from "./background.ts";
import type { DocumentOptions } from "./document-pages.ts";
import type { HealthOptions } from "./health.ts";
import type { Mountable } from "./mount/mounts.ts";
import type { PlaceOptions } from "./proxy/proxied-exchange.ts";
import type { ReportedRequest } from "./request/request-context.ts";
import type { Envelope } from "./response/problem.ts";
import type { ValidationError } from "./response/validation-error.ts";
import type { Semantics } from "./semantics.ts";
import type { FormLimits } from "./upload/form-limits.ts";
import type { Spool } from "./upload/spool.ts";
import type { BackEnd } from "./validation/compile-schema.ts";

/** Options of an application. */
export interface AppOptions extends DocumentOptions, PlaceOptions {
  /**
   * Run before every operation, in order, before what routers and procedures guard by. They have neither inputs nor declared errors:
   * what changes types belongs into a base builder.
   */
  guard?: readonly AppGuard[];
  /** Around every request, the first outermost. */
  middleware?: readonly Middleware[];
  /** The app's own shape of error bodies. */
  envelope?: Envelope;
  /** What a request is taken to mean, where it is not what Tenon takes it to mean: a profile for ported APIs. */
  semantics?: Partial<Semantics>;
  /** Refused input in a form of the app's own: its status, its schema, its body. */
  validationError?: ValidationError;
  /**
   * Gives problems a type of their own (RFC 9457, 3.1.1) in place of `about:blank`: true for pages of the docs,
   * `/docs/problems/NOT_FOUND`, or the address that a code is put after.
   */
  problemTypes?: boolean | `https://${string}` | `/${string}/`;
  /** Hears of every error that the caller is only told an opaque 500 about, and of errors after the reply. */
  onError?: (error: unknown, operation: string | undefined, request: ReportedRequest | undefined) => void;
  /** What `ctx.log` writes to, and errors where there is no `onError`: `pino()`. JSON lines on the console by default. */
  logger?: Logger;
  /**
   * Dependencies of scope `app` that no operation uses: opened in order at the start, after those that operations use, and closed
   * first at the stop. A scheduler, a cache that is warmed, whatever else has to happen then.
   */
  opens?: readonly AppDependency[];
  limits?: {
    /** Bytes of a request body; 1 MiB by default. */
    body?: number;
    /** Milliseconds from the end of the body to the first byte of the reply; 30 s by default, 0 for none. */
    timeout?: number;
    /**
     * Milliseconds that one `ctx.after(…)` is waited for; 5 minutes by default, 0 for no limit. Then `onError` hears of it, and what
     * the request has open closes.
     */
    background?: number;
    /** Bytes and counts of forms and uploaded files. */
    upload?: Partial<FormLimits>;
  };
  /** Writes the JSON of replies, in place of `JSON.stringify`: `(value) => JSON.stringify(value, null, 2)`. */
  serializer?: (value: unknown) => string;
  /** Where uploads beyond `limits.upload.memory` go: temporary files by default, `false` for memory only. */
  spool?: Spool | false;
  /**
   * Other applications below paths: of Tenon's, whose lives follow this one's and which have documents of their own, or anything
   * that answers web-standard requests. This application's middleware is around them.
   */
  mounts?: Readonly<Record<`/${string}`, Mountable>>;
  /** Pages that say whether the process lives (`/healthz`) and whether it takes requests (`/readyz`): true, or what they check. */
  health?: boolean | HealthOptions;
  /** What runs beside the answering of requests for as long as the application does: workers of jobs. */
  background?: readonly Background[];
  /** Other sites whose pages may act by the cookies of this one: `https://admin.example`. None by default. */
  origins?: readonly string[];
  /** False removes the canonical addresses (`POST /rpc/…`). */
  rpc?: boolean;
  /** `close` (closures) where code generation is not wanted; found out by itself where it is forbidden. */
  backEnd?: BackEnd;
}

// oxlint-disable typescript/no-explicit-any -- whatever else a dependency asks for and answers
/** One that lives as long as the application. */
export type AppDependency = Dependency<any, "app", never, any, any>;
/** One that asks the caller for nothing but credentials, and fails only in the ways that every operation may. */
export type AppGuard = Dependency<any, any, never, never, any>;
// oxlint-enable typescript/no-explicit-any
