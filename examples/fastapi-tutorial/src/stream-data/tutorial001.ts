import { download, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import type { Download } from "@tenon/core";

const SCRIPT = `
Rick: (stumbles in drunkenly, and turns on the lights) Morty! You gotta come on. You got--... you gotta come with me.
Morty: (rubs his eyes) What, Rick? What's going on?
Rick: I got a surprise for you, Morty.
Morty: It's the middle of the night. What are you talking about?
Rick: (spills alcohol on Morty's bed) Come on, I got a surprise for you. (drags Morty by the ankle) Come on, hurry up. (pulls Morty out of his bed and into the hall)
Morty: Ow! Ow! You're tugging me too hard!
Rick: We gotta go, gotta get outta here, come on. Got a surprise for you Morty.
`;

/** Each line leaves before the next one is made. */
async function* lines(): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const line of SCRIPT.split("\n")) {
    yield encoder.encode(line);
  }
}

/** Without a media type that the document would name, as with FastAPI's StreamingResponse. */
const streamed = procedure.output(download());
const told = (): Download & { type: string } => ({
  body: lines(),
  type: "text/plain",
  filename: "story.txt",
  disposition: "inline",
});

const story = {
  tell: streamed.route("GET /story/stream").query(told),
  tellSync: streamed.route("GET /story/stream-no-async").query(told),
  tellPlainly: streamed.route("GET /story/stream-no-annotation").query(told),
  tellPlainlySync: streamed.route("GET /story/stream-no-async-no-annotation").query(told),
  bytes: streamed.route("GET /story/stream-bytes").query(told),
  bytesSync: streamed.route("GET /story/stream-no-async-bytes").query(told),
  bytesPlainly: streamed.route("GET /story/stream-no-annotation-bytes").query(told),
  bytesPlainlySync: streamed.route("GET /story/stream-no-async-no-annotation-bytes").query(told),
};

export const routes = { story: router(story, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
