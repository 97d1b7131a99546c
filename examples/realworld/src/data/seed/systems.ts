import { markdown, type SampleArticle } from "./article.ts";

export const SYSTEM_ARTICLES: readonly SampleArticle[] = [
  {
    author: "henrik.dahl",
    title: "Alerts should be verbs",
    description: "If nobody can act on it, it is a graph, not an alert",
    tags: ["operations", "monitoring"],
    body: markdown(
      "We went through every alert of a year and wrote down what the person on call did. For sixty percent the honest answer was *nothing; it went away*.",
      "Now an alert's title is an instruction: **Fail over the mail queue. Add a disk to db3. Call the bank.** If we cannot write the verb, we draw a graph and go home.",
    ),
    comments: [
      ["grace.mbeki", "We copied this. The on-call rota has volunteers again."],
      ["tomas.lind", "'Call the bank' is our most frequent verb by far."],
    ],
  },
  {
    author: "henrik.dahl",
    title: "Shutting down politely",
    description: "What a process owes its callers between SIGTERM and exit",
    tags: ["operations", "nodejs", "deployment"],
    body: markdown(
      "1. Stop accepting connections.\n2. Finish the requests that are under way, within a limit.\n3. Tell open streams to reconnect elsewhere.\n4. Close the pool, flush the log, exit 0.",
      "The order matters. Close the pool first and the last ten requests fail, every deployment, for ever, and each time somebody will say that it is just the deployment.",
    ),
    comments: [["mira.kovac", "Step four has a habit of becoming step one. Tests help."]],
  },
  {
    author: "noor.aziz",
    title: "Debugging with a bicycle bell",
    description: "A sensor, a loose wire and a very long hill",
    tags: ["embedded", "debugging"],
    body: markdown(
      "The speed sensor dropped out only when going downhill, only on one street. A logger showed gaps but no reason, so I wired a small buzzer to the interrupt line and rode the hill again.",
      "The bell stuttered exactly over the cobblestones. It was not software; it was a connector. Sometimes the best tool is the one that reports at the moment of failure, to a human, on site.",
    ),
    comments: [["daniel.costa", "Audible assertions. I am stealing the idea."]],
  },
  {
    author: "noor.aziz",
    title: "Two kilobytes are plenty",
    description: "Notes from a month without dynamic memory",
    tags: ["embedded", "performance", "c"],
    body: markdown(
      "The chip has two kilobytes of memory, and the first program used none of it well. Writing down every buffer on one sheet of paper changed that: name, size, owner, longest life.",
      "Half of the buffers were never alive together. A union and two comments later, there was room for the feature that supposedly needed a bigger chip.",
    ),
  },
  {
    author: "yuki.tanaka",
    title: "A parser you can read in one sitting",
    description: "Recursive descent, two hundred lines, good errors",
    tags: ["compilers", "parsing"],
    body: markdown(
      "Parser generators are fine until the first error message. With recursive descent the program *knows* what it was doing when it got lost, and can say so.",
      '```ts\nfunction parseSum(input: Tokens): Expression {\n  let left = parseProduct(input);\n  while (input.at("+") || input.at("-")) {\n    left = { kind: input.take().kind, left, right: parseProduct(input) };\n  }\n  return left;\n}\n```',
      "Each rule is a function; each function is a paragraph. When somebody reports a bug, I can point at a line.",
    ),
    comments: [
      ["leila.haddad", "May I use this in class? It is the clearest one I have seen."],
      ["yuki.tanaka", "Please do. The tokenizer is the next article."],
    ],
  },
  {
    author: "yuki.tanaka",
    title: "Inline caches explained with a bakery",
    description: "Why the second croissant is faster than the first",
    tags: ["compilers", "performance", "javascript"],
    body: markdown(
      "The first time I am asked for a croissant I look up the shelf. The second time my hand goes there by itself. If tomorrow the croissants move, my hand is wrong once, and I look it up again.",
      "That is an inline cache: a guess stored where the question is asked, with a cheap test whether the guess still holds. Objects of one shape keep the bakery tidy. Objects with keys in random order are a bakery that moves its shelves every hour.",
    ),
  },
  {
    author: "henrik.dahl",
    title: "The log line that saved a weekend",
    description: "Structured, boring, and with the request id in it",
    tags: ["operations", "logging"],
    body: markdown(
      '```json\n{"time":"2025-10-04T21:14:09Z","level":"warn","request":"f3a1","operation":"orders.create","ms":4012,"message":"slow"}\n```',
      "One operation, one id, one duration. With these three fields we found the slow customer, the slow query and the missing index in eleven minutes. The four hundred lines of prose around it were of no use.",
    ),
    comments: [["priya.menon", "Eleven minutes is also the length of my patience on a Saturday."]],
  },
  {
    author: "yuki.tanaka",
    title: "Types that get out of the way",
    description: "Inference is a courtesy from the library to its users",
    tags: ["typescript", "types", "developer-experience"],
    body: markdown(
      "The best types in a program are the ones nobody wrote. If a function's caller has to spell out three type parameters, the library has moved its homework to them.",
      "- infer from the value, not beside it\n- keep what you infer readable in the editor\n- when the input makes no sense, answer with a sentence",
      "And measure. A type that costs the editor a second is an error message that says *later*.",
    ),
    comments: [
      ["oskar.wolff", "Point two is underrated. I read more hover texts than documentation."],
      ["mira.kovac", "Agreed, with the exception of public signatures. Those I want to see written."],
    ],
  },
  {
    author: "noor.aziz",
    title: "Clocks, drift and the village church",
    description: "How far apart two cheap oscillators get in a week",
    tags: ["embedded", "time"],
    body: markdown(
      "Two boards, same firmware, same desk. After seven days they disagreed by nineteen seconds, which is more than the church and the town hall, who have been at it for two centuries.",
      "Do not compare timestamps from two machines without a margin. Write the margin down. If you need an order, use a counter: it has never been slow in winter.",
    ),
  },
  {
    author: "henrik.dahl",
    title: "Capacity planning on one page",
    description: "Four numbers and the date on which they meet",
    tags: ["operations", "performance"],
    body: markdown(
      "Requests at the busiest minute. Growth per month. What one machine can do *with the disks half full*. How long it takes to get another machine.",
      "Draw two lines and find where they cross. Subtract the last number. Put that date into the calendar of somebody who can sign an order.",
    ),
  },
];
