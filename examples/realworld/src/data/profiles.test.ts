import { expect, it } from "vitest";
import { findProfile, followUser, unfollowUser } from "./profiles.ts";
import { describeOnDatabases, registerUser } from "./test-database.ts";

describeOnDatabases("profiles", (current) => {
  it("shows each viewer whether they follow", async () => {
    const database = current();
    const [ada, bob] = [await registerUser(database, "ada"), await registerUser(database, "bob")];
    await registerUser(database, "eve");
    const profile = { username: "eve", bio: null, image: null };
    expect(await followUser(database, ada.id, "eve")).toEqual({ ...profile, following: true });
    expect(await findProfile(database, "eve", ada.id)).toEqual({ ...profile, following: true });
    expect(await findProfile(database, "eve", bob.id)).toEqual({ ...profile, following: false });
    expect(await findProfile(database, "eve")).toEqual({ ...profile, following: false });
    expect(await findProfile(database, "ada", ada.id)).toMatchObject({ following: false });
  });

  it("follows and unfollows any number of times", async () => {
    const database = current();
    const ada = await registerUser(database, "ada");
    await registerUser(database, "eve");
    await followUser(database, ada.id, "eve");
    expect(await followUser(database, ada.id, "eve")).toMatchObject({ following: true });
    expect(await unfollowUser(database, ada.id, "eve")).toMatchObject({ following: false });
    expect(await unfollowUser(database, ada.id, "eve")).toMatchObject({ following: false });
  });

  it("leaves other follows alone", async () => {
    const database = current();
    const [ada, bob] = [await registerUser(database, "ada"), await registerUser(database, "bob")];
    await followUser(database, ada.id, "bob");
    await followUser(database, bob.id, "ada");
    await unfollowUser(database, ada.id, "bob");
    expect(await findProfile(database, "ada", bob.id)).toMatchObject({ following: true });
  });

  it("knows no profile of a name that nobody has", async () => {
    const database = current();
    const ada = await registerUser(database, "ada");
    expect(await findProfile(database, "nobody", ada.id)).toBeUndefined();
    expect(await followUser(database, ada.id, "nobody")).toBeUndefined();
    expect(await unfollowUser(database, ada.id, "nobody")).toBeUndefined();
  });
});
