import type { z } from "zod";
import {
  _default,
  array,
  codec,
  enum as enumeration,
  maxLength,
  meta,
  minLength,
  optional,
  string,
} from "zod/mini";
import { form, type Tagged } from "./place.ts";

interface Field<Out, In = Out> {
  readonly _zod: z.core.$ZodTypeInternals<Out, In>;
}
interface Optional<Out, In = Out> {
  readonly _zod: z.core.$ZodTypeInternals<Out, In | undefined> & { optin: "optional" };
}
interface Missing<Out> {
  readonly _zod: z.core.$ZodTypeInternals<Out | undefined> & { optin: "optional"; optout: "optional" };
}

/** What the login of OAuth's password flow is sent, as keys of an input. */
export interface PasswordForm {
  readonly grantType: Tagged<"form:grant_type", Missing<"password">>;
  readonly username: Tagged<"form", Field<string>>;
  readonly password: Tagged<"form", Field<string>>;
  /** The scopes that are asked for: a list in the handler, separated by spaces for callers; none by default. */
  readonly scopes: Tagged<"form:scope", Optional<string[], string>>;
  readonly clientId: Tagged<"form:client_id", Missing<string>>;
  readonly clientSecret: Tagged<"form:client_secret", Missing<string>>;
}

/** More is no password: hashing it would cost whatever the caller likes. */
const MOST = 1024;

const separated = codec(string().check(maxLength(4096)), array(string()), {
  decode: (text) => text.split(" ").filter((scope) => scope !== ""),
  encode: (scopes) => scopes.join(" "),
});

/**
 * The form that a token endpoint of OAuth's password flow takes (RFC 6749, 4.3.2): `.input(oauth2PasswordForm)`. It is urlencoded;
 * password managers and the login of API docs send it. `grant_type` may be left out, and is nothing but `password`.
 */
export const oauth2PasswordForm: PasswordForm = Object.freeze({
  grantType: form(optional(enumeration(["password"])), { name: "grant_type" }),
  username: form(string().check(minLength(1), maxLength(MOST))),
  password: form(string().check(minLength(1), maxLength(MOST), meta({ format: "password" }))),
  scopes: form(_default(separated, []), { name: "scope" }),
  clientId: form(optional(string()), { name: "client_id" }),
  clientSecret: form(optional(string().check(meta({ format: "password" }))), { name: "client_secret" }),
}) as never;
