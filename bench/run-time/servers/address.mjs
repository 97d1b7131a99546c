/** Where the runner wants this server to listen. */
export const host = "127.0.0.1";
export const port = Number(process.env.PORT);
