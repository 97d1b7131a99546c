import { markdown, type SampleArticle } from "./article.ts";

export const INTERFACE_ARTICLES: readonly SampleArticle[] = [
  {
    author: "amara.obi",
    title: "Focus is a place",
    description: "People who use a keyboard need to know where they are",
    tags: ["accessibility", "css", "frontend"],
    body: markdown(
      "Take your hands off the mouse and press Tab ten times. Could you say, each time, where you are? If not, neither can a good part of your visitors.",
      "```css\n:focus-visible {\n  outline: 3px solid currentColor;\n  outline-offset: 2px;\n}\n```",
      "Three lines. Do not remove the outline because a screenshot looked calmer without it.",
    ),
    comments: [
      ["sofia.reyes", "I was that designer with the calm screenshot. I have repented."],
      ["leila.haddad", "I use the ten-tabs exercise in class now. It never fails to make the room go quiet."],
    ],
  },
  {
    author: "amara.obi",
    title: "Buttons, links and the verb test",
    description: "If it goes somewhere it is a link; if it does something it is a button",
    tags: ["accessibility", "html"],
    body: markdown(
      "Read your control's text and ask: *could I open this in a new tab?* If yes, it is a link. If the question makes no sense, it is a button.",
      "A `div` with a click handler is neither, and you will spend a week teaching it what a button knows from birth: focus, Enter, Space, disabled, form submission.",
    ),
  },
  {
    author: "sofia.reyes",
    title: "A map for people who are late",
    description: "Redrawing a tram network around the question that passengers ask",
    tags: ["design", "maps", "transport"],
    body: markdown(
      "Nobody at a tram stop asks how the network looks. They ask: *is it this side or the other?*",
      "So we printed the direction first, in the largest size, then the next three stops, and only then the line. The network map moved to the back of the shelter, where people with time will find it.",
      "Complaints fell by half. One person wrote to say that the map was less beautiful, and they were right.",
    ),
    comments: [
      ["noor.aziz", "The stop near me has the new sign. I noticed because I did not have to think."],
    ],
  },
  {
    author: "sofia.reyes",
    title: "Choosing a typeface for numbers",
    description: "Tables deserve tabular figures, and so do you",
    tags: ["typography", "design", "css"],
    body: markdown(
      "In most typefaces the digit 1 is narrower than the digit 8. In a sentence that is grace; in a column it is noise.",
      "```css\ntd.amount {\n  font-variant-numeric: tabular-nums;\n  text-align: right;\n}\n```",
      "Try it on your largest table. The eye will find the odd one out before you have read a single figure.",
    ),
  },
  {
    author: "leila.haddad",
    title: "Teaching loops with a deck of cards",
    description: "An evening class, fifty-two cards and no computer",
    tags: ["teaching", "beginners"],
    body: markdown(
      "Everybody gets a shuffled deck and one instruction: find the queen of hearts, and write down what you did so that somebody else could do it.",
      "Within ten minutes the room has invented the loop, the early exit and the off-by-one error. *What if she is not in the deck?* asked a baker in the second row. That is the day we talked about returning nothing.",
    ),
    comments: [
      ["oskar.wolff", "The baker has a future in API design."],
      ["daniel.costa", "As a tester I would hire the baker."],
    ],
  },
  {
    author: "leila.haddad",
    title: "Error messages are lessons",
    description: "What my students read, and what they skip",
    tags: ["teaching", "developer-experience"],
    body: markdown(
      "I watched thirty beginners meet the same error. They read the first line and the last. Nobody read the middle.",
      "So: put what is wrong into the first line and what to do into the last. Between them you may keep all the stack you like.",
      "> `list` is a query, but its name says GET /items. Write `.query(…)`, or give it another name.",
      "That is a lesson. *Unexpected token* is a riddle.",
    ),
    comments: [["yuki.tanaka", "Rewrote eleven messages in our compiler this week because of this."]],
  },
  {
    author: "amara.obi",
    title: "Forms that forgive",
    description: "Accept the space in the phone number and get on with it",
    tags: ["frontend", "forms", "accessibility"],
    body: markdown(
      "A form that refuses `0 6 12 34 56 78` because of the spaces has read the number, understood it, and decided to be difficult.",
      "1. Trim. Strip spaces from numbers.\n2. Keep what was typed when something is wrong.\n3. Say it next to the field *and* at the top.\n4. Move the focus to the first problem.",
      "Forgiveness costs a line of code on your side or a minute of life on theirs.",
    ),
  },
  {
    author: "sofia.reyes",
    title: "Dark mode is a second design",
    description: "Inverting the colours is where the work starts",
    tags: ["design", "css", "accessibility"],
    body: markdown(
      "Shadows do not work at night; borders do. Saturated colours glow. Thin type thins further. None of this follows from swapping two variables.",
      "We keep two sets of about a dozen colours, named by **job**: surface, raised, text, quiet text, accent, danger. Every pair that may meet is checked for contrast in a test.",
    ),
  },
  {
    author: "amara.obi",
    title: "The page that worked without JavaScript",
    description: "An accident on a ferry and what we kept of it",
    tags: ["frontend", "html", "performance"],
    body: markdown(
      "Somewhere between two islands the script failed to load, and the booking page worked. Slower, plainer, but it worked, since an early version had used a real form and nobody had taken it out.",
      "We have a test for it now. Once a week it books a ticket with scripts disabled, and it has caught four regressions which also broke slow phones.",
    ),
    comments: [["henrik.dahl", "Graceful degradation, ferry edition."]],
  },
  {
    author: "leila.haddad",
    title: "Questions I ask before I explain",
    description: "Three of them, and why the third matters most",
    tags: ["teaching", "mentoring"],
    body: markdown(
      "- What did you expect?\n- What happened instead?\n- What have you already ruled out?",
      "The first finds the misunderstanding, the second finds the bug, and the third finds out how the person thinks. I usually only need to explain something in one case of three.",
    ),
  },
];
