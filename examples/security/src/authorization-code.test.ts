import { createHash } from "node:crypto";
import { testClient } from "@tenon/client/testing";
import { form, header, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { expect, it } from "vitest";
import { z } from "zod";
import { app, provider } from "./authorization-code.ts";

/** A provider that gives out codes for the challenge that they were asked for with, each once. */
function makeProvider() {
  const codes = new Map<string, string>();
  const text = z.string();
  const endpoints = {
    token: procedure
      .route("POST /token")
      .status(200)
      .input({
        grant_type: form(z.literal("authorization_code")),
        code: form(text),
        redirect_uri: form(z.literal("https://notes.example/login/callback")),
        client_id: form(z.literal("notes")),
        code_verifier: form(text.min(43)),
      })
      .output({ access_token: text })
      .errors({ INVALID_GRANT: { status: 400 } })
      .mutation(({ input, errors }) => {
        const challenge = codes.get(input.code);
        codes.delete(input.code);
        return challenge === createHash("sha256").update(input.code_verifier).digest("base64url")
          ? { access_token: `token of ${input.code}` }
          : errors.INVALID_GRANT();
      }),
    userinfo: procedure
      .route("GET /userinfo")
      .input({ authorization: header("authorization", z.string().startsWith("Bearer token of ")) })
      .output({ sub: text })
      .query(({ input }) => ({ sub: input.authorization.slice("Bearer token of ".length) })),
  };
  const server = createApp({ endpoints: router(endpoints, { prefix: "" }) });
  /** Somebody agrees, on the provider's page; their name is the code. */
  const agree = (location: string, code: string): URL => {
    const asked = new URL(location).searchParams;
    expect(asked.get("code_challenge_method")).toBe("S256");
    codes.set(code, asked.get("code_challenge") ?? "");
    const back = new URL(asked.get("redirect_uri") ?? "");
    back.search = new URLSearchParams({ code, state: asked.get("state") ?? "" }).toString();
    return back;
  };
  return { agree, fetch: (request: Request) => server.fetch(request) };
}

async function open() {
  await using known = await app.resolve(provider);
  const { agree, fetch } = makeProvider();
  const tested = app.override(provider, { ...known.value, fetch });
  const test = await testClient(tested, { url: "https://notes.example" });
  const begin = async (): Promise<string> => {
    const response = await test.fetch("/login");
    expect(response.status).toBe(303);
    return response.headers.get("location") ?? "";
  };
  const end = async (back: URL) => {
    const response = await test.fetch(back.pathname + back.search);
    return [response.status, response.headers.get("location")];
  };
  return { test, agree, begin, end };
}

it("sends to the provider and back, and knows then who it is", async () => {
  const { test, agree, begin, end } = await open();
  const location = await begin();
  expect(location).toMatch(/^https:\/\/login\.example\/authorize\?response_type=code&client_id=notes&/);
  const before = test.cookies.get("__Host-session");
  expect(await end(agree(location, "ann"))).toEqual([303, "/me"]);
  expect(await test.api.me.read()).toBe("ann");
  expect(test.cookies.get("__Host-session")).not.toBe(before);
  await test.stop();
});

it("takes no answer that nobody here has asked for, and none twice", async () => {
  const { test, agree, begin, end } = await open();
  const other = await open();
  // Somebody else's login, planted in this browser.
  const planted = other.agree(await other.begin(), "eve");
  expect((await end(planted))[0]).toBe(400);
  await begin();
  expect((await end(planted))[0]).toBe(400);
  const back = agree(await begin(), "ann");
  expect(await end(back)).toEqual([303, "/me"]);
  expect((await end(back))[0]).toBe(400);
  await Promise.all([test.stop(), other.test.stop()]);
});

it("is of no use to whoever has only the code", async () => {
  const { test, agree, begin, end } = await open();
  const stolen = agree(await begin(), "ann");
  const thief = await begin();
  const back = new URL(stolen);
  back.searchParams.set("state", new URL(thief).searchParams.get("state") ?? "");
  // The state fits, the verifier does not.
  expect((await end(back))[0]).toBe(400);
  expect((await test.api.me.read.safe()).ok).toBe(false);
  await test.stop();
});
