// Everything here is an addition: the page is whole without it.

const ORIGIN = document.documentElement.dataset.origin;

/** Samples name the address that the reader has open. */
function fillOrigin() {
  if (!ORIGIN || ORIGIN === location.origin || !location.origin.startsWith("http")) {
    return;
  }
  const texts = document.createTreeWalker(document.getElementById("main"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (text.data.includes(ORIGIN) && text.parentElement.closest("code")) {
      text.data = text.data.replaceAll(ORIGIN, location.origin);
    }
  }
}

function startFilter() {
  const box = document.querySelector(".filter");
  const input = document.getElementById("filter");
  const status = document.getElementById("filter-status");
  const items = [...document.querySelectorAll("[data-operation]")].map((item) => ({
    item,
    text: `${item.textContent} ${item.dataset.operation} ${item.firstElementChild.title}`.toLowerCase(),
  }));
  const groups = [...document.querySelectorAll("#navigation .group")];
  const apply = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { item, text } of items) {
      item.hidden = !words.every((word) => text.includes(word));
      shown += item.hidden ? 0 : 1;
    }
    for (const group of groups) {
      group.hidden = !group.querySelector("li:not([hidden])");
    }
    status.textContent = words.length === 0 ? "" : `${shown} of ${items.length} operations`;
  };
  box.hidden = false;
  input.addEventListener("input", apply);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && input.value !== "") {
      input.value = "";
      apply();
    } else if (event.key === "Enter") {
      document.querySelector("[data-operation]:not([hidden]) a")?.click();
    }
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      if (getComputedStyle(document.getElementById("navigation")).display === "none") {
        location.hash = "navigation";
      }
      input.focus();
    }
  });
}

function addCopyButtons() {
  if (!navigator.clipboard) {
    return;
  }
  for (const caption of document.querySelectorAll("figure.code > figcaption")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy ${caption.textContent}`);
    button.addEventListener("click", () => {
      const { textContent } = caption.parentElement.querySelector("code");
      void navigator.clipboard.writeText(textContent).then(() => {
        button.textContent = "Copied";
        setTimeout(() => {
          button.textContent = "Copy";
        }, 1500);
      });
    });
    caption.append(button);
  }
}

/** Marks the operation that is being read, and keeps its link in view without moving the page. */
function followReading() {
  const navigation = document.getElementById("navigation");
  const links = new Map(
    [...navigation.querySelectorAll("a[href^='#']")].map((link) => [link.hash.slice(1), link]),
  );
  const observer = new IntersectionObserver(
    (entries) => {
      const entry = entries.find(({ isIntersecting }) => isIntersecting);
      const link = entry && links.get(entry.target.id);
      if (!link) {
        return;
      }
      navigation.querySelector("[aria-current]")?.removeAttribute("aria-current");
      link.setAttribute("aria-current", "true");
      const { top, bottom } = link.getBoundingClientRect();
      const box = navigation.getBoundingClientRect();
      if (top < box.top || bottom > box.bottom) {
        navigation.scrollTop += top - box.top - box.height / 2;
      }
    },
    { rootMargin: "-15% 0px -75% 0px" },
  );
  for (const section of document.querySelectorAll("main [id]:is(article, section)")) {
    if (links.has(section.id)) {
      observer.observe(section);
    }
  }
}

fillOrigin();
startFilter();
addCopyButtons();
followReading();
