/** `@tenon/client/msw`: answers in an application's place, for tests and for work on a page that has no server yet. */
export { handlers, type HandlerOptions, type Handlers } from "./msw/handlers.ts";
export type { Mock, MockArgument, MockProblem, MockReply, OnWire } from "./msw/mock.ts";
