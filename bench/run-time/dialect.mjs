/** The request of a scenario in the server's own dialect: a path, or tRPC's procedure address. */
export function requestOf(contestant, { request, call }) {
  if (!contestant.rpc) return request;
  if (request.method === "POST") return { ...request, target: `/${call.name}` };
  const input = call.input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(call.input))}`;
  return { method: "GET", target: `/${call.name}${input}` };
}

/** The value inside the server's envelope. */
export function valueOf(contestant, body) {
  return contestant.rpc ? body?.result?.data : body;
}
