import { describe, expect, it } from "vitest";
import { inlineMarkdown, markdown } from "./markdown.ts";

describe("markdown", () => {
  it.each([
    ["one\ntwo\n\nthree", "<p>one\ntwo</p>\n<p>three</p>"],
    ["- a\n- b\n  more", "<ul><li>a</li><li>b more</li></ul>"],
    ["1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"],
    ["`a<b` and **c** and *d*", "<p><code>a&lt;b</code> and <strong>c</strong> and <em>d</em></p>"],
    ["```ts\na < b\n\n- c\n```\nend", '<pre tabindex="0"><code>a &lt; b\n\n- c</code></pre>\n<p>end</p>'],
    ["# Title\ntext", "<p><strong>Title</strong></p>\n<p>text</p>"],
    ["[a](https://b.example/?c=1&d)", '<p><a href="https://b.example/?c=1&amp;d" rel="noreferrer">a</a></p>'],
    [
      "see https://b.example/c.",
      '<p>see <a href="https://b.example/c" rel="noreferrer">https://b.example/c</a>.</p>',
    ],
    ["[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"],
    ["[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>"],
    ["<b onclick=x>hi</b>", "<p>&lt;b onclick=x&gt;hi&lt;/b&gt;</p>"],
    ["5 * 3 * 2", "<p>5 * 3 * 2</p>"],
  ])("renders %j", (source, expected) => {
    expect(markdown(source).text).toBe(expected);
  });

  it("keeps to one line where it must", () => {
    expect(inlineMarkdown("a\n\n`b`").text).toBe("a <code>b</code>");
  });

  it("reads long hostile texts in no time", () => {
    const start = performance.now();
    for (const piece of ["[", "*", "`", "**a", "[a](", "https://a."]) {
      markdown(piece.repeat(20_000));
    }
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
