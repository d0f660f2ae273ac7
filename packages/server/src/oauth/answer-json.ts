import type { ServerResponse } from "node:http"

/** Answers a JSON document that nobody keeps (RFC 6749 §5.1). */
export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
  })
  response.end(text)
}
