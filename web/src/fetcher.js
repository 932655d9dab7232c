// How the playground talks to the server: POST to `/graphql` of the page's own origin, WebSocket only for a subscription.
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { getIntrospectionQuery, parse } from "graphql";

const url = new URL("/graphql", window.location.href);
const socket = new URL(url);
socket.protocol = url.protocol === "https:" ? "wss:" : "ws:";

const send = createGraphiQLFetcher({
  url: url.href,
  // Loaded and connected when the first subscription runs, never before.
  subscriptionUrl: socket.href,
  enableIncrementalDelivery: false,
});

// GraphiQL's own schema question leaves out @oneOf, without which the editor accepts inputs that the server refuses.
const schemaQuestion = getIntrospectionQuery({
  oneOf: true,
  schemaDescription: true,
  inputValueDeprecation: true,
});

export function fetcher(params, options) {
  if (params.operationName === "IntrospectionQuery") return send({ ...params, query: schemaQuestion }, options);
  return send(params, { ...options, documentAST: read(params.query) });
}

/** What is really sent: the editor's own reading of it lags behind, and decides between POST and WebSocket. */
function read(query) {
  try {
    return parse(query);
  } catch {
    // The server says what is wrong with it.
    return undefined;
  }
}
