import { beforeAll, expect, it } from "vitest";
import { answer, call, describeApi, type Person, register } from "../test-api.ts";

describeApi("profiles", () => {
  let ada: Person;
  let bob: Person;
  beforeAll(async () => {
    ada = await register("ada");
    bob = await register("bob");
  });

  it("says whether the caller follows, and lets that be said twice", async () => {
    const { token } = ada;
    const profile = { username: bob.username, bio: null, image: null };
    const follow = `/api/profiles/${bob.username}/follow` as const;
    for (let turn = 0; turn < 2; turn++) {
      expect(await answer(`POST ${follow}`, { token })).toEqual([
        200,
        { profile: { ...profile, following: true } },
      ]);
    }
    const read = `GET /api/profiles/${bob.username}` as const;
    expect(await answer(read, { token })).toEqual([200, { profile: { ...profile, following: true } }]);
    expect(await answer(read)).toEqual([200, { profile: { ...profile, following: false } }]);
    for (let turn = 0; turn < 2; turn++) {
      expect(await answer(`DELETE ${follow}`, { token })).toEqual([
        200,
        { profile: { ...profile, following: false } },
      ]);
    }
  });

  it("takes names that an address has to escape", async () => {
    const odd = await register("ö ä/ü?%41");
    const { status, body } = await call(`GET /api/profiles/${encodeURIComponent(odd.username)}`);
    expect([status, body.profile.username]).toEqual([200, odd.username]);
  });

  it("knows no profile of nobody", async () => {
    const notFound = [404, { errors: { profile: ["not found"] } }];
    expect(await answer("GET /api/profiles/nobody")).toEqual(notFound);
    expect(await answer("POST /api/profiles/nobody/follow", { token: ada.token })).toEqual(notFound);
    expect(await answer("DELETE /api/profiles/nobody/follow", { token: ada.token })).toEqual(notFound);
  });

  it("asks who follows before it looks whom", async () => {
    const missing = [401, { errors: { token: ["is missing"] } }];
    expect(await answer("POST /api/profiles/nobody/follow")).toEqual(missing);
    expect(await answer("DELETE /api/profiles/nobody/follow")).toEqual(missing);
  });

  it("refuses a bad token even where none is needed", async () => {
    expect(await answer(`GET /api/profiles/${bob.username}`, { token: "bad" })).toEqual([
      401,
      { errors: { token: ["is invalid"] } },
    ]);
  });
});
