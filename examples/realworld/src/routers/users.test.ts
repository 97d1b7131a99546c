import { beforeAll, expect, it } from "vitest";
import { signToken } from "../auth/token.ts";
import { answer, call, describeApi, PASSWORD, type Person, register } from "../test-api.ts";

const BLANK = ["can't be blank"];

describeApi("users", () => {
  let ada: Person;
  let bob: Person;
  beforeAll(async () => {
    ada = await register("ada");
    bob = await register("bob");
  });

  it("registers with 201 and never answers with the password or its hash", async () => {
    const user = { username: "eve", email: "eve@example.com", password: PASSWORD };
    const { status, body } = await call("POST /api/users", { body: { user } });
    expect(status).toBe(201);
    expect(body).toEqual({
      user: {
        username: "eve",
        email: "eve@example.com",
        bio: null,
        image: null,
        token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      },
    });
  });

  it.each([
    [{}, { username: BLANK, email: BLANK, password: BLANK }],
    [
      { username: "", email: "", password: "" },
      { username: BLANK, email: BLANK, password: BLANK },
    ],
    [
      { username: null, email: null, password: null },
      { username: BLANK, email: BLANK, password: BLANK },
    ],
    [{ username: "x", email: "no address", password: "x" }, { email: ["invalid email address"] }],
    [{ username: "x".repeat(101), email: "x@example.com", password: "x" }, { username: ["is too long"] }],
    [
      { username: "a\u0000b", email: "x@example.com", password: 5 },
      { username: ["can't hold U+0000"], password: ["expected string"] },
    ],
  ])("refuses to register %j", async (user, errors) => {
    expect(await answer("POST /api/users", { body: { user } })).toEqual([422, { errors }]);
  });

  it("says which of username and email is taken", async () => {
    const password = PASSWORD;
    const sameName = { username: ada.username, email: "new@example.com", password };
    const sameEmail = { username: "new", email: ada.email, password };
    const taken = ["has already been taken"];
    expect(await answer("POST /api/users", { body: { user: sameName } })).toEqual([
      409,
      { errors: { username: taken } },
    ]);
    expect(await answer("POST /api/users", { body: { user: sameEmail } })).toEqual([
      409,
      { errors: { email: taken } },
    ]);
    expect(await answer("PUT /api/user", { token: ada.token, body: { user: { email: bob.email } } })).toEqual(
      [409, { errors: { email: taken } }],
    );
  });

  it("logs in with 200, and says no more than no to everybody else", async () => {
    const { email } = ada;
    const login = await call("POST /api/users/login", { body: { user: { email, password: PASSWORD } } });
    expect(login.status).toBe(200);
    expect(login.body.user).toMatchObject({ username: ada.username, email });
    for (const user of [
      { email, password: "wrong" },
      { email: "nobody@example.com", password: PASSWORD },
    ]) {
      expect(await answer("POST /api/users/login", { body: { user } })).toEqual([
        401,
        { errors: { credentials: ["invalid"] } },
      ]);
    }
    expect(await answer("POST /api/users/login", { body: { user: { email: "", password: "" } } })).toEqual([
      422,
      { errors: { email: BLANK, password: BLANK } },
    ]);
  });

  it("reads the current user by any spelling of the scheme", async () => {
    for (const authorization of [`Token ${ada.token}`, `token ${ada.token}`]) {
      const { status, body } = await call("GET /api/user", { headers: { authorization } });
      expect([status, body.user.username]).toEqual([200, ada.username]);
    }
  });

  it("tells a missing token from an invalid one", async () => {
    const missing = await call("GET /api/user");
    expect([missing.status, missing.body]).toEqual([401, { errors: { token: ["is missing"] } }]);
    const expired = await signToken(1, keyOfTests(), new Date("2020-01-01"));
    const ofNobody = await signToken(1_000_000, keyOfTests());
    for (const authorization of [
      "Token",
      "Token nonsense",
      `Bearer ${ada.token}`,
      ada.token,
      `Token ${ada.token}x`,
      `Token ${expired}`,
      `Token ${ofNobody}`,
    ]) {
      const invalid = await call("GET /api/user", { headers: { authorization } });
      expect([invalid.status, invalid.body]).toEqual([401, { errors: { token: ["is invalid"] } }]);
      expect(invalid.headers.get("www-authenticate")).toBe("Token");
    }
  });

  it("changes what is there, leaves what is absent, removes what is null or empty", async () => {
    const change = async (user: object) =>
      (await call("PUT /api/user", { token: bob.token, body: { user } })).body.user;
    expect(await change({ bio: "Builder", image: "https://example.com/bob.png" })).toMatchObject({
      username: bob.username,
      bio: "Builder",
      image: "https://example.com/bob.png",
    });
    expect(await change({ bio: null })).toMatchObject({ bio: null, image: "https://example.com/bob.png" });
    expect(await change({ image: "" })).toMatchObject({ bio: null, image: null, email: bob.email });
  });

  it("changes the password", async () => {
    const carol = await register("carol");
    const user = { password: "another horse" };
    expect((await call("PUT /api/user", { token: carol.token, body: { user } })).status).toBe(200);
    const login = (password: string) =>
      call("POST /api/users/login", { body: { user: { email: carol.email, password } } });
    expect((await login("another horse")).status).toBe(200);
    expect((await login(PASSWORD)).status).toBe(401);
  });

  it.each([
    [{ email: "" }, { email: BLANK }],
    [{ username: null }, { username: BLANK }],
    [
      { password: null, bio: 5 },
      { password: BLANK, bio: ["expected string"] },
    ],
    [{}, { user: ["needs at least one field"] }],
    [undefined, { user: BLANK }],
    [null, { user: ["expected object"] }],
  ])("refuses to change a user to %j", async (user, errors) => {
    expect(await answer("PUT /api/user", { token: bob.token, body: { user } })).toEqual([422, { errors }]);
  });

  it("asks for the token before it reads the body", async () => {
    expect(await answer("PUT /api/user", { body: "{" })).toEqual([
      401,
      { errors: { token: ["is missing"] } },
    ]);
    expect(await answer("PUT /api/user", { token: bob.token, body: "{" })).toEqual([
      400,
      { errors: { body: ["is not valid JSON"] } },
    ]);
  });
});

function keyOfTests(): Uint8Array {
  return new TextEncoder().encode(process.env.JWT_SECRET);
}
