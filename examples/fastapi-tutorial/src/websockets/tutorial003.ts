import { dependency, html, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const PAGE = `<!DOCTYPE html>
<title>Chat</title>
<form><input autocomplete="off"><button>Send</button></form>
<ul></ul>
<script>
  const socket = new WebSocket("ws://" + location.host + "/ws/" + Date.now());
  socket.onmessage = ({ data }) => document.querySelector("ul").append(Object.assign(document.createElement("li"), { textContent: data }));
  document.forms[0].addEventListener("submit", (event) => {
    event.preventDefault();
    socket.send(document.querySelector("input").value);
  });
</script>
`;

type Tell = (text: string) => Promise<void>;

/** Everybody who is here: of this process. With several, `hub` of `@tenon/server/hub` is what to take. */
const members = dependency.scope("app").resolve(() => new Set<Tell>());

const chat = {
  page: procedure
    .route("GET /")
    .output(html())
    .query(() => PAGE),
  talk: procedure
    .route("GET /ws/{client_id}")
    .use({ members })
    .input({ client_id: z.int() })
    .receive(z.string())
    .send(z.string())
    .socket(async ({ socket, input: { client_id: id }, members: all }) => {
      const tell: Tell = (text) => socket.send(text);
      // Whoever is about to leave is not waited for.
      const broadcast = async (text: string): Promise<void> =>
        void (await Promise.allSettled([...all].map((each) => each(text))));
      all.add(tell);
      try {
        for await (const text of socket) {
          await socket.send(`You wrote: ${text}`);
          await broadcast(`Client #${id} says: ${text}`);
        }
      } finally {
        all.delete(tell);
        await broadcast(`Client #${id} left the chat`);
      }
    }),
};

export const routes = { chat: router(chat, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
