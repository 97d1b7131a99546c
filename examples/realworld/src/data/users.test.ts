import { expect, it } from "vitest";
import { Conflict } from "./conflict.ts";
import { describeOnDatabases, registerUser } from "./test-database.ts";
import { createUser, findUserByEmail, findUserById, findUserByUsername, updateUser } from "./users.ts";

describeOnDatabases("users", (current) => {
  it("stores a user and finds it by id, name and email", async () => {
    const database = current();
    const ada = await createUser(database, {
      username: "ada",
      email: "ada@example.com",
      passwordHash: "hash",
    });
    expect(ada).toEqual({
      id: 1,
      username: "ada",
      email: "ada@example.com",
      passwordHash: "hash",
      bio: null,
      image: null,
      createdAt: expect.any(Date),
      updatedAt: ada.createdAt,
    });
    expect(Math.abs(Date.now() - ada.createdAt.getTime())).toBeLessThan(60_000);
    expect(await findUserById(database, ada.id)).toEqual(ada);
    expect(await findUserByUsername(database, "ada")).toEqual(ada);
    expect(await findUserByEmail(database, "ada@example.com")).toEqual(ada);
  });

  it("finds nobody for an unknown id, name or email, the largest id included", async () => {
    const database = current();
    expect(await findUserById(database, Number.MAX_SAFE_INTEGER)).toBeUndefined();
    expect(await findUserByUsername(database, "nobody")).toBeUndefined();
    expect(await findUserByEmail(database, "nobody@example.com")).toBeUndefined();
  });

  it("names the field that is taken", async () => {
    const database = current();
    const ada = await registerUser(database, "ada");
    const other = { username: "bob", email: "bob@example.com", passwordHash: "hash" };
    const sameName = createUser(database, { ...other, username: ada.username });
    await expect(sameName).rejects.toBeInstanceOf(Conflict);
    await expect(sameName).rejects.toMatchObject({ field: "username" });
    const sameEmail = createUser(database, { ...other, email: ada.email });
    await expect(sameEmail).rejects.toMatchObject({ name: "Conflict", field: "email" });

    const bob = await createUser(database, other);
    const renamed = updateUser(database, bob.id, { username: "ada" });
    await expect(renamed).rejects.toMatchObject({ name: "Conflict", field: "username" });
    expect(await updateUser(database, bob.id, { username: "bob" })).toMatchObject({ username: "bob" });
  });

  it("lets one of two simultaneous registrations win", async () => {
    const database = current();
    const results = await Promise.allSettled([1, 2, 3].map(() => registerUser(database, "ada")));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") {
        expect(result.reason).toBeInstanceOf(Conflict);
      }
    }
  });

  it("passes other failures on as they are", async () => {
    const tooLong = registerUser(current(), "a".repeat(101));
    await expect(tooLong).rejects.not.toBeInstanceOf(Conflict);
  });

  it("tells an absent value from null and from the empty text", async () => {
    const database = current();
    const { id } = await registerUser(database, "ada");
    expect(await updateUser(database, id, { bio: "Writes programs", image: "a.png" })).toMatchObject({
      bio: "Writes programs",
      image: "a.png",
    });
    expect(await updateUser(database, id, { bio: undefined, username: "lovelace" })).toMatchObject({
      username: "lovelace",
      email: "ada@example.com",
      bio: "Writes programs",
      image: "a.png",
    });
    expect(await updateUser(database, id, { bio: "" })).toMatchObject({ bio: null, image: "a.png" });
    expect(await updateUser(database, id, { image: null })).toMatchObject({ image: null });
    expect(await findUserById(database, id)).toMatchObject({ username: "lovelace", bio: null, image: null });
  });

  it("moves the time of change forward with every change, and leaves the time of creation", async () => {
    const database = current();
    let user = await registerUser(database, "ada");
    const { id, createdAt } = user;
    for (const bio of ["one", "two", "three"]) {
      const changed = (await updateUser(database, id, { bio }))!;
      expect(changed.updatedAt.getTime()).toBeGreaterThan(user.updatedAt.getTime());
      expect(changed.createdAt).toEqual(createdAt);
      user = changed;
    }
  });

  it("changes nobody when the user is gone", async () => {
    expect(await updateUser(current(), 42, { bio: "?" })).toBeUndefined();
  });
});
