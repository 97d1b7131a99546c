import { form } from "@tenon/core";
import { z } from "zod";
import { accessTokens, TOKEN_LIFETIME } from "../account/access-token.ts";
import { SCOPES_OF_ROLE } from "../account/roles.ts";
import { knownBy } from "../account/sign-in.ts";
import { open } from "../base.ts";
import { signInLimit } from "../limits.ts";

// #region token
/** POST /token: the password grant of OAuth 2.0 (RFC 6749, 4.3), which the docs' sign-in uses, too. */
export const create = open
  .wrap(signInLimit)
  .use({ accessTokens, knownBy })
  .input({
    grant_type: form(z.literal("password")),
    username: form(z.string().max(254).meta({ description: "The email" })),
    password: form(z.string().max(128).meta({ format: "password" })),
    scope: form(
      z.string().default("").meta({ description: "With spaces between; all that one may have by default" }),
    ),
  })
  .output({
    access_token: z.string(),
    token_type: z.literal("bearer"),
    expires_in: z.int().meta({ description: "Seconds" }),
    scope: z.string(),
  })
  .status(200)
  .responseHeaders({ "cache-control": z.literal("no-store") })
  .errors({ INVALID_GRANT: { status: 400, description: "The email or the password is wrong" } })
  .doc({ summary: "Get an access token" })
  .mutation(async ({ input, accessTokens, knownBy, errors, ctx }) => {
    const user = await knownBy(input.username, input.password);
    if (user === undefined) {
      return errors.INVALID_GRANT();
    }
    const asked = input.scope.split(" ").filter((scope) => scope !== "");
    const allowed = SCOPES_OF_ROLE[user.role];
    const scopes = asked.length === 0 ? allowed : allowed.filter((scope) => asked.includes(scope));
    ctx.response.headers.set("cache-control", "no-store");
    return {
      access_token: await accessTokens.sign({ userId: user.id, scopes }),
      token_type: "bearer",
      expires_in: TOKEN_LIFETIME,
      scope: scopes.join(" "),
    };
  });
// #endregion
