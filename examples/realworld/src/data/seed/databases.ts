import { markdown, type SampleArticle } from "./article.ts";

export const DATABASE_ARTICLES: readonly SampleArticle[] = [
  {
    author: "mira.kovac",
    title: "The index you already have",
    description: "Before adding a fifth index, look at what the first four can do",
    tags: ["postgresql", "performance", "databases"],
    body: markdown(
      "Last month I was asked to speed up a list page. The table had four indexes; the ticket suggested a fifth.",
      "A B-tree on `(author_id, created_at desc)` answers three questions at once: *by author*, *by author, newest first*, and *how many by author*. The fifth index answered a question that nobody asked.",
      "```sql\nexplain (analyze, buffers)\nselect id, title from articles\nwhere author_id = 7\norder by created_at desc limit 20;\n```",
      "Read the `Buffers` line first. Time changes with the weather; the number of pages touched does not.",
    ),
    comments: [
      ["henrik.dahl", "We dropped nine indexes after reading this. Writes got a third faster."],
      ["priya.menon", "The buffers advice is the best part. I have stopped quoting milliseconds in reviews."],
      ["mira.kovac", "Nine! I would love to see the list."],
    ],
  },
  {
    author: "mira.kovac",
    title: "Let the constraint speak",
    description: "Checking first and inserting second is a race you lose on a busy day",
    tags: ["postgresql", "databases", "correctness"],
    body: markdown(
      "The code looked innocent: *is the name free? then insert it.* It worked for two years and failed on the day of a launch, when two requests asked at the same moment and both were told yes.",
      "A unique constraint cannot be raced. Insert, and translate error `23505` into the sentence your user needs:",
      "> This name has already been taken.",
      "The check before the insert may stay as a courtesy while somebody is typing. It must not be the rule.",
    ),
    comments: [["tomas.lind", "Payments agrees. Loudly."]],
  },
  {
    author: "priya.menon",
    title: "Pagination is a promise",
    description: "What offset and limit say, and what they cannot",
    tags: ["databases", "api-design"],
    body: markdown(
      "`offset 40 limit 20` promises the third page. It does not promise that the third page holds still while somebody reads the second.",
      "## When offset is fine",
      "- the list is short, or people rarely go past page three\n- a repeated row harms nobody\n- you need page numbers",
      "## When it is not",
      "Exports, synchronisation, and feeds with a high rate of new rows. There, remember the last row you have seen and ask for what comes after it. In either case add a tie-break to the order: two rows with one timestamp must not change places between two pages.",
    ),
    comments: [["oskar.wolff", "The missing tie-break has bitten me three times. I have the test now."]],
  },
  {
    author: "priya.menon",
    title: "A migration is a conversation",
    description: "Old code and new code will meet in your table, so introduce them",
    tags: ["databases", "deployment"],
    body: markdown(
      "During a deployment both versions of a program are alive. Every migration has to be understood by both.",
      "1. Add the column, nullable.\n2. Deploy code that writes it.\n3. Fill the old rows in batches.\n4. Deploy code that reads it.\n5. Add the constraint, then drop the old column.",
      "Five small steps are slower to write and faster to sleep through.",
    ),
  },
  {
    author: "tomas.lind",
    title: "Money in minor units",
    description: "Integers for amounts, text for currencies, and no exceptions before lunch",
    tags: ["payments", "correctness"],
    body: markdown(
      "A cent is an integer. A tenth of a cent is a decision, and decisions belong in a table of rules, not in a floating-point number.",
      "We store `amount bigint` and `currency char(3)` side by side, and no function accepts one without the other. The type system does the rest:",
      "```ts\ninterface Money {\n  readonly minor: bigint;\n  readonly currency: Currency;\n}\n```",
      "Yen has no minor unit and the Kuwaiti dinar has three digits. Put the exponent in the currency, not in your head.",
    ),
    comments: [
      ["daniel.costa", "Do you round at every line of an invoice or once at the end?"],
      [
        "tomas.lind",
        "Per line, because that is what the tax office does. Write it down wherever you decide.",
      ],
    ],
  },
  {
    author: "mira.kovac",
    title: "One query, many rows, no loops",
    description: "Aggregating children in the database instead of asking for each",
    tags: ["postgresql", "performance"],
    body: markdown(
      "A page with twenty articles should not need sixty-one queries. Tags, counts and the author can travel with the article:",
      "```sql\nselect a.slug,\n       (select coalesce(json_agg(t.name order by x.position), '[]')\n        from article_tags x join tags t on t.id = x.tag_id\n        where x.article_id = a.id) as tags\nfrom articles a;\n```",
      "A correlated subquery over an index is cheap for a page of rows, and it does not multiply them as a join would.",
    ),
  },
  {
    author: "priya.menon",
    title: "Late data is still data",
    description: "What our nightly job learned from a phone in a drawer",
    tags: ["data-engineering", "correctness"],
    body: markdown(
      "Somebody found their old phone, charged it, and uploaded fourteen months of step counts in four minutes. Our report for last March changed on a Tuesday in May.",
      "Events carry two times: when they happened and when we heard of them. Partition by the second, report by the first, and *say on the report* which days may still move.",
    ),
    comments: [["noor.aziz", "The firmware on those phones is mine. Sorry. Also: you are welcome."]],
  },
  {
    author: "henrik.dahl",
    title: "Backups do not exist until restored",
    description: "A monthly hour that is worth more than the dashboard",
    tags: ["operations", "databases"],
    body: markdown(
      "On the first Monday of each month we restore production into an empty server and run ten questions against it. The first time, two of the ten could not be answered.",
      "Write down how long it takes. That number is the truth about your recovery time; the one in the contract is a wish.",
    ),
  },
  {
    author: "tomas.lind",
    title: "Idempotency keys for people in a tunnel",
    description: "Retries happen to you whether you plan them or not",
    tags: ["payments", "api-design"],
    body: markdown(
      "A train enters a tunnel just after a passenger presses *Pay*. The request arrived; the answer did not. The passenger presses again.",
      "With a key chosen by the client, the second request is the same request, and gets the first one's answer. Keep three things: the key, a hash of the body, and the answer. If the hash differs, refuse. It is a bug, and you want to hear of it today.",
    ),
    comments: [
      ["grace.mbeki", "Sending this to everyone who has ever written 'just retry' in a design document."],
    ],
  },
  {
    author: "priya.menon",
    title: "Naming columns so that joins read aloud",
    description: "A small convention with a long afterlife",
    tags: ["databases", "style"],
    body: markdown(
      "Say it aloud: *follower id, followed id*. Now say *user id one, user id two*. Only one of these survives a code review at five o'clock.",
      "Name a foreign key after the **role**, not after the table. The table is in the constraint; the role is nowhere else.",
    ),
  },
];
