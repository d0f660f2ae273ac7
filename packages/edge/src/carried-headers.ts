import type { IncomingHttpHeaders } from "node:http"

/**
 * What an agent's request may bring along. Whatever else it says, of who it is, where it comes from or how it is carried,
 * is said by us or not at all.
 */
const CARRIED =
  /^(accept|accept-language|baggage|content-type|idempotency-key|last-event-id|mcp-[a-z0-9-]+|traceparent|tracestate|user-agent|x-request-id)$/

/** What belongs to one connection (RFC 9110 §7.6.1), or to a body as it was before it was decoded. */
const OF_ONE_CONNECTION: readonly string[] = [
  ..."connection keep-alive proxy-authenticate te trailer transfer-encoding upgrade".split(" "),
  "content-encoding",
  "content-length",
]

/** Answers the headers of a request that go on. */
export function requestHeaders(headers: IncomingHttpHeaders): Headers {
  const carried = Object.entries(headers).filter(([name]) => CARRIED.test(name))
  return new Headers(carried.map(([name, value]): [string, string] => [name, String(value)]))
}

/** Answers the headers of an answer that go back. */
export function responseHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !OF_ONE_CONNECTION.includes(name)))
}
