/** `@tenon/client/testing`: an application under test, called in process. */
export { CookieJar } from "./testing/cookie-jar.ts";
export {
  testClient,
  type TestClient,
  type TestClientOptions,
  type TestedApp,
} from "./testing/test-client.ts";
export type { TestSocket } from "./testing/test-socket.ts";
