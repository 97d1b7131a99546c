import { createClient } from "@tenon/client";
import type { App } from "../app.ts";

const api = createClient<App>({});
type Socket = Awaited<ReturnType<typeof api.rooms.join.connect>>;
type Message = Awaited<ReturnType<typeof api.rooms.history>>[number];

let socket: Socket | undefined;
const seen = new Set<number>();

form("join").addEventListener("submit", (event) => {
  event.preventDefault();
  const { name = "", room = "" } = fieldsOf("join");
  void join(room, name);
});
form("say").addEventListener("submit", (event) => {
  event.preventDefault();
  const { text = "" } = fieldsOf("say");
  socket?.send({ say: text });
  form("say").reset();
});

// #region join
async function join(room: string, name: string): Promise<void> {
  socket?.close();
  seen.clear();
  find("said").replaceChildren();
  try {
    socket = await api.rooms.join.connect(
      { room, name },
      { reconnect: true, onReconnect: () => tell("Back again.") },
    );
    tell(`You are in ${room}.`);
    find("room").hidden = false;
    for await (const news of socket) {
      if (news.kind === "here") {
        find("here").textContent = news.names.join(", ");
      } else {
        news.messages.forEach(show);
      }
    }
  } catch (error) {
    tell(`The chat is over: ${(error as Error).message}`);
  }
}
// #endregion

/** After a lost connection the last messages come again. */
function show({ id, author, text, at }: Message): void {
  if (!seen.has(id)) {
    seen.add(id);
    const item = document.createElement("li");
    item.textContent = `${author}: ${text}`;
    item.title = at.toLocaleString();
    find("said").append(item);
  }
}

function tell(text: string): void {
  find("state").textContent = text;
}

function find(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) {
    throw new Error(`the page has no #${id}`);
  }
  return found;
}

function form(id: string): HTMLFormElement {
  return find(id) as HTMLFormElement;
}

function fieldsOf(id: string): Record<string, string> {
  return Object.fromEntries(new FormData(form(id))) as Record<string, string>;
}
