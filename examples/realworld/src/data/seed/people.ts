/** Somebody in the sample data, and whom they follow. */
export interface SamplePerson {
  readonly username: string;
  readonly bio: string;
  readonly follows: readonly string[];
}

export const PEOPLE: readonly SamplePerson[] = [
  {
    username: "mira.kovac",
    bio: "Backend engineer in Zagreb. I like boring databases and long train rides.",
    follows: ["tomas.lind", "amara.obi", "yuki.tanaka"],
  },
  {
    username: "tomas.lind",
    bio: "Keeps a payments system running. Writes about what broke and why.",
    follows: ["mira.kovac", "henrik.dahl"],
  },
  {
    username: "amara.obi",
    bio: "Front-end developer and accessibility consultant. Keyboard first.",
    follows: ["sofia.reyes", "leila.haddad"],
  },
  {
    username: "yuki.tanaka",
    bio: "Compilers by day, sourdough by night.",
    follows: ["mira.kovac", "noor.aziz", "priya.menon"],
  },
  {
    username: "sofia.reyes",
    bio: "Designer who codes. Typography, maps and public transport.",
    follows: ["amara.obi"],
  },
  {
    username: "henrik.dahl",
    bio: "Site reliability. If it pages me twice, I delete it.",
    follows: ["tomas.lind", "mira.kovac", "priya.menon"],
  },
  {
    username: "leila.haddad",
    bio: "Teaches programming at a night school in Lyon.",
    follows: ["amara.obi", "yuki.tanaka", "sofia.reyes"],
  },
  {
    username: "noor.aziz",
    bio: "Embedded systems, bicycles, and the space between the two.",
    follows: ["yuki.tanaka"],
  },
  {
    username: "priya.menon",
    bio: "Data engineer. Every pipeline is a promise to somebody.",
    follows: ["henrik.dahl", "mira.kovac"],
  },
  {
    username: "oskar.wolff",
    bio: "Maintains three small libraries and answers every issue, eventually.",
    follows: ["leila.haddad", "tomas.lind", "yuki.tanaka"],
  },
  {
    username: "grace.mbeki",
    bio: "Engineering manager who still reads the diffs.",
    follows: ["mira.kovac", "amara.obi", "henrik.dahl", "oskar.wolff"],
  },
  {
    username: "daniel.costa",
    bio: "Amateur baker, professional tester.",
    follows: ["yuki.tanaka", "grace.mbeki"],
  },
];

/** A portrait that needs no other server: the person's initials on a colour of their own. */
export function portraitOf(username: string): string {
  const index = PEOPLE.findIndex((person) => person.username === username);
  const hue = Math.round((index * 360) / PEOPLE.length);
  const initials = username.replace(/^(\w)\w*\.(\w)\w*$/, "$1$2").toUpperCase();
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">' +
    `<rect width="64" height="64" fill="hsl(${hue} 45% 40%)"/>` +
    '<text x="32" y="41" font-family="sans-serif" font-size="26" text-anchor="middle" fill="#fff">' +
    `${initials}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
