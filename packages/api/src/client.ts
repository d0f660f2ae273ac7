import { type AnswerOf, type InputOf, type Operation } from "./operation.ts"
import { OPERATIONS, type Operations } from "./operations.ts"

/** A refusal of the API (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem"
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** Every operation as a function. Each rejects with an ApiProblem where the API refuses. */
export type Client = {
  readonly [Name in keyof Operations]: (
    input: InputOf<Operations[Name]>,
    signal?: AbortSignal,
  ) => Promise<AnswerOf<Operations[Name]>>
}

/** How requests are sent: `fetch`, or an app's own. */
export type Send = (url: string, init: RequestInit) => Promise<Response>

/** Answers a typed client for the API at `base`, e.g. the empty string for the page's own origin. */
export function createClient(base: string, send: Send): Client {
  const calls = Object.entries<Operation<unknown, unknown>>({ ...OPERATIONS }).map(([name, operation]) => [
    name,
    (input: Readonly<Record<string, unknown>>, signal?: AbortSignal) => {
      const { url, init } = requestOf(operation, input)
      return answerOf(send(`${base}/api/v1${url}`, signal ? { ...init, signal } : init))
    },
  ])
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made from the same table as the type
  return Object.fromEntries(calls) as Client
}

function requestOf(
  operation: Operation<unknown, unknown>,
  input: Readonly<Record<string, unknown>>,
): { url: string; init: RequestInit } {
  const rest = new Map(Object.entries(input).filter(([, value]) => value !== undefined))
  const url = operation.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(rest.get(name))
    rest.delete(name)
    return encodeURIComponent(value)
  })
  // The header is what another site's form cannot send: the server refuses a write without it.
  const headers = { accept: "application/json", "x-tabard": "1" }
  if (operation.method === "GET") {
    const query = new URLSearchParams(
      Object.fromEntries([...rest].map(([name, value]) => [name, String(value)])),
    ).toString()
    return { url: query ? `${url}?${query}` : url, init: { method: "GET", headers } }
  }
  const body = JSON.stringify(Object.fromEntries(rest))
  return {
    url,
    init: { method: operation.method, headers: { ...headers, "content-type": "application/json" }, body },
  }
}

async function answerOf(sending: Promise<Response>): Promise<unknown> {
  const response = await sending
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok) return body
  const problem: { code?: unknown; detail?: unknown } = typeof body === "object" && body !== null ? body : {}
  const detail =
    typeof problem.detail === "string" ? problem.detail : `the server answered ${response.status}`
  throw new ApiProblem(response.status, typeof problem.code === "string" ? problem.code : "unknown", detail)
}
