import { createClient } from "@tenon/client";
import { createApp } from "@tenon/server";

declare const lost: any;
const app = createApp({ lost });
createClient<typeof app>({ url: "" }).lost.read({});
