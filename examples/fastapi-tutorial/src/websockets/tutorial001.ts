import { html, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const PAGE = `
<!DOCTYPE html>
<html>
    <head>
        <title>Chat</title>
    </head>
    <body>
        <h1>WebSocket Chat</h1>
        <form action="" onsubmit="sendMessage(event)">
            <input type="text" id="messageText" autocomplete="off"/>
            <button>Send</button>
        </form>
        <ul id='messages'>
        </ul>
        <script>
            var ws = new WebSocket("ws://localhost:8000/ws");
            ws.onmessage = function(event) {
                var messages = document.getElementById('messages')
                var message = document.createElement('li')
                var content = document.createTextNode(event.data)
                message.appendChild(content)
                messages.appendChild(message)
            };
            function sendMessage(event) {
                var input = document.getElementById("messageText")
                ws.send(input.value)
                input.value = ''
                event.preventDefault()
            }
        </script>
    </body>
</html>
`;

const chat = {
  page: procedure
    .route("GET /")
    .output(html())
    .query(() => PAGE),
  talk: procedure
    .route("GET /ws")
    .receive(z.string())
    .send(z.string())
    .socket(async ({ socket }) => {
      for await (const text of socket) {
        await socket.send(`Message text was: ${text}`);
      }
    }),
};

export const routes = { chat: router(chat, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
