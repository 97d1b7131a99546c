import { markdown, type SampleArticle } from "./article.ts";

export const CRAFT_ARTICLES: readonly SampleArticle[] = [
  {
    author: "oskar.wolff",
    title: "Saying no in an issue tracker",
    description: "Four sentences which keep both the library and the friendship",
    tags: ["open-source", "communication"],
    body: markdown(
      "> Thank you for writing this up so clearly. I will not add it, because it would make the common case harder to read. Here is how you can do it outside of the library, in six lines. If that turns out to be painful, please tell me where.",
      "Thanks, decision, way out, open door. In that order. Never leave an issue open as a polite form of no.",
    ),
    comments: [
      ["grace.mbeki", "'A polite form of no' describes half of our backlog."],
      ["amara.obi", "I was on the receiving end of this once and still use the library."],
    ],
  },
  {
    author: "oskar.wolff",
    title: "Semantic versioning for humans",
    description: "The number is a message to somebody with no time",
    tags: ["open-source", "releases"],
    body: markdown(
      "Somebody will look at your release for four seconds, on a Friday. The number tells them whether to read on.",
      "- **patch**: go ahead\n- **minor**: go ahead, and there is something new\n- **major**: read the first paragraph of the notes",
      "So write the first paragraph of the notes. *What do I have to change?* comes before *what have we achieved?*",
    ),
  },
  {
    author: "grace.mbeki",
    title: "Reviews begin with the tests",
    description: "Reading a change in the order in which it makes sense",
    tags: ["code-review", "testing"],
    body: markdown(
      "I open the tests first. They tell me what the author believes the change does, in sentences. Then I read the code with one question: *is that all it does?*",
      "If there are no tests, the first comment writes itself, and it is a question: *how did you see that it works?* There is often a good answer, and it often makes a good test.",
    ),
    comments: [
      ["daniel.costa", "Framing it as a question changes everything."],
      ["leila.haddad", "Adding this to the third evening of the course."],
    ],
  },
  {
    author: "grace.mbeki",
    title: "The meeting that became a page",
    description: "How writing first gave us back our Wednesday",
    tags: ["management", "writing"],
    body: markdown(
      "For a year we met on Wednesdays to decide things. Then we tried this: whoever wants a decision writes one page by Monday. Everybody comments by Tuesday. We meet only if the comments disagree.",
      "We have met four times since March. The pages have become the documentation that nobody had time to write, because everybody was in a meeting.",
    ),
    comments: [["henrik.dahl", "The archive of pages is the best onboarding we ever had."]],
  },
  {
    author: "daniel.costa",
    title: "Testing what cannot happen",
    description: "A list of impossible states that arrived in production",
    tags: ["testing", "correctness"],
    body: markdown(
      "- a negative age, from a date of birth in the future\n- an order without lines, from a double click on *remove*\n- two primary addresses, from two browser tabs\n- the thirtieth of February, from a spreadsheet",
      "Each was commented with *cannot happen*. I collect those comments now. A search for them is the cheapest test plan I know.",
    ),
    comments: [
      ["mira.kovac", "Number three deserves a partial unique index."],
      ["daniel.costa", "It has one now, with a test that opens two tabs."],
    ],
  },
  {
    author: "daniel.costa",
    title: "Sourdough for testers",
    description: "Feed it daily, keep notes, change one thing at a time",
    tags: ["baking", "testing"],
    body: markdown(
      "My first loaf was a brick, and so were the next four, because I changed the flour, the water and the oven all at once. The sixth was bread: I had changed only the time.",
      "| loaf | hours | result |\n| --- | --- | --- |\n| 6 | 14 | bread |\n| 7 | 18 | better bread |\n| 8 | 24 | soup |",
      "Bisecting works on dough too.",
    ),
    comments: [
      ["yuki.tanaka", "24 hours at what temperature? My starter would like a word."],
      ["daniel.costa", "26 degrees. It was July and I was optimistic."],
    ],
  },
  {
    author: "grace.mbeki",
    title: "Estimates as ranges",
    description: "Two numbers and the reason for the distance between them",
    tags: ["management", "planning"],
    body: markdown(
      "*Three days* is a guess dressed as a fact. *Two to eight days, depending on whether the old importer can be reused* is a plan: it says what to find out first.",
      "I ask for the range and then for the question behind it. We spend half a day on the question. The range usually collapses, and sometimes the feature does.",
    ),
  },
  {
    author: "oskar.wolff",
    title: "Deleting my most popular function",
    description: "It had a thousand users and one purpose too many",
    tags: ["open-source", "api-design"],
    body: markdown(
      "It parsed, it validated, it fetched if the string looked like an address. A thousand projects used it, and each needed exactly one of the three.",
      "Now there are three functions. For one version the old name stayed, threw a `DeprecationWarning`, and told you which of the three you were using. Eleven people wrote. Nine of them said thank you.",
    ),
    comments: [["tomas.lind", "The warning that knew what I was using was a joy. More of that."]],
  },
  {
    author: "daniel.costa",
    title: "A flaky test is a true story",
    description: "It fails one time in fifty because your program does too",
    tags: ["testing", "debugging"],
    body: markdown(
      "*Just run it again* is how we shipped a race for three years. The test failed one time in fifty; so did the check-out, and customers cannot be re-run.",
      "1. Keep the seed.\n2. Run it two hundred times on a loaded machine.\n3. Fix the program first, the test second.",
      "Of our last ten flaky tests, seven were right.",
    ),
    comments: [["noor.aziz", "Seven of ten! The other three were clocks, I assume."]],
  },
  {
    author: "grace.mbeki",
    title: "Read the diff, thank the author",
    description: "A habit that takes ten seconds and changes a team",
    tags: ["management", "code-review", "communication"],
    body: markdown(
      "Before the first remark I name one thing I learned from the change. It must be true, and it must be specific: *I did not know that `for key share` exists.*",
      "It takes ten seconds. After a few months people began to explain more in their changes, since somebody evidently read them.",
    ),
  },
];
