import { cookie, dependency, html, procedure, query, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const PAGE = `<!DOCTYPE html>
<title>Chat about an item</title>
<form>
  <label>Item <input name="item" value="foo"></label>
  <label>Token <input name="token" value="some-key-token"></label>
  <label>Message <input name="message" autocomplete="off"></label>
  <button>Send</button>
</form>
<ul></ul>
<script>
  let socket;
  document.forms[0].addEventListener("submit", (event) => {
    event.preventDefault();
    const { item, token, message } = event.target.elements;
    if (socket === undefined) {
      socket = new WebSocket("ws://" + location.host + "/items/" + item.value + "/ws?token=" + token.value);
      socket.onmessage = ({ data }) => document.querySelector("ul").append(Object.assign(document.createElement("li"), { textContent: data }));
      socket.onopen = () => socket.send(message.value);
    } else {
      socket.send(message.value);
    }
  });
</script>
`;

/** A cookie of the session, or a token in the query: one of them there has to be. */
const cookieOrToken = dependency
  .input({ session: cookie("session", z.string().optional()), token: query(z.string().optional()) })
  .errors({ POLICY_VIOLATION: { status: 403 } })
  .resolve(({ input: { session, token }, errors }) => session ?? token ?? errors.POLICY_VIOLATION());

const items = {
  page: procedure
    .route("GET /")
    .output(html())
    .query(() => PAGE),
  talk: procedure
    .route("GET /items/{item_id}/ws")
    .use({ cookieOrToken })
    .input({ item_id: z.string(), q: z.int().optional() })
    .receive(z.string())
    .send(z.string())
    .socket(async ({ socket, input: { item_id, q }, cookieOrToken: given }) => {
      for await (const text of socket) {
        await socket.send(`Session cookie or query token value is: ${given}`);
        if (q !== undefined) {
          await socket.send(`Query parameter q is: ${q}`);
        }
        await socket.send(`Message text was: ${text}, for item ID: ${item_id}`);
      }
    }),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
