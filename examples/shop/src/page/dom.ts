/** The element at a selector, which the page has, and which is of a class. */
export function find(selector: string): HTMLElement;
export function find<E extends HTMLElement>(selector: string, type: new () => E): E;
export function find(selector: string, type: new () => HTMLElement = HTMLElement): HTMLElement {
  const found = document.querySelector(selector);
  if (!(found instanceof type)) {
    throw new Error(`the page has no ${selector}`);
  }
  return found;
}

/** A new element with properties and children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: Node[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** Puts elements in place of what a list shows. */
export function fill(selector: string, items: readonly HTMLElement[]): void {
  find(selector).replaceChildren(...items);
}

/** Hands the fields of a form over when it is sent, and once at a time. */
export function onSubmit(
  selector: string,
  submit: (fields: Readonly<Record<string, string>>) => Promise<void>,
): void {
  const form = find(selector, HTMLFormElement);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = [...new FormData(form)].filter(
      (field): field is [string, string] => typeof field[1] === "string",
    );
    const buttons = form.querySelectorAll("button");
    buttons.forEach((button) => (button.disabled = true));
    void submit(Object.fromEntries(fields)).finally(() => {
      buttons.forEach((button) => (button.disabled = false));
    });
  });
}
