import { createClient } from "@tenon/client";

createClient<any>({ url: "" });
