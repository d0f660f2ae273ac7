import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as plain,
  type RequestOptions,
} from "node:http"
import { request as secure } from "node:https"

/** What a decision point can be asked for, by the name of its metadata parameter. */
export const DEFAULT_PATHS = {
  access_evaluation_endpoint: "/access/v1/evaluation",
  access_evaluations_endpoint: "/access/v1/evaluations",
  search_subject_endpoint: "/access/v1/search/subject",
  search_resource_endpoint: "/access/v1/search/resource",
  search_action_endpoint: "/access/v1/search/action",
} as const

/** One endpoint. */
export type Endpoint = keyof typeof DEFAULT_PATHS

/** What it answered. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** Undefined where the body is no JSON. */
  readonly json: unknown
}

/** Whom to ask, and how. */
export interface DecisionPointAddress {
  /** What the decision point calls itself. */
  readonly url: string
  readonly token?: string | undefined
  /** What its certificate is signed by, as PEM, where that is no public authority. */
  readonly ca?: string | undefined
}

/** A decision point that is being looked at. */
export interface DecisionPointClient {
  readonly url: string
  /** Its metadata as they were answered; undefined where there are none. */
  readonly metadata: Answer | undefined
  ask(endpoint: Endpoint, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** Sends exactly this text. */
  send(endpoint: Endpoint, text: string, headers?: Readonly<Record<string, string>>): Promise<Answer>
}

/** How long one answer may take. */
const PATIENCE_MS = 30_000

/** Looks for a decision point's metadata, and asks at the addresses that they name, or else at the usual ones. */
export async function openDecisionPoint(address: DecisionPointAddress): Promise<DecisionPointClient> {
  const url = address.url.replace(/\/$/, "")
  const found = await request(address, { method: "GET", url: metadataUrl(url) })
  const metadata = found.status === 404 ? undefined : found
  const named: Readonly<Record<string, unknown>> = isObject(metadata?.json) ? metadata.json : {}
  const endpoints = new Map(
    Object.entries(DEFAULT_PATHS).map(([name, path]) => {
      const said = named[name]
      return [name, typeof said === "string" && URL.canParse(said) ? said : `${url}${path}`]
    }),
  )
  const send: DecisionPointClient["send"] = (endpoint, text, headers) =>
    request(address, {
      method: "POST",
      url: endpoints.get(endpoint) ?? "",
      body: text,
      headers: { "content-type": "application/json", ...headers },
    })
  return {
    url,
    metadata,
    send,
    ask: (endpoint, body, headers) => send(endpoint, JSON.stringify(body), headers),
  }
}

/** The well-known part stands between host and path. */
export function metadataUrl(url: string): string {
  const { origin, pathname } = new URL(url)
  return `${origin}/.well-known/authzen-configuration${pathname === "/" ? "" : pathname}`
}

interface Sent {
  readonly method: string
  readonly url: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

async function request(
  { token, ca }: DecisionPointAddress,
  { method, url, body, headers }: Sent,
): Promise<Answer> {
  const options: RequestOptions & { ca?: string } = {
    method,
    timeout: PATIENCE_MS,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
      ...(body !== undefined && { "content-length": String(Buffer.byteLength(body)) }),
    },
    ...(ca && { ca }),
  }
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const sending = url.startsWith("https:") ? secure(url, options) : plain(url, options)
  sending.once("response", resolve).once("error", reject)
  sending.once("timeout", () => sending.destroy(new Error(`nothing was answered in ${PATIENCE_MS} ms`)))
  sending.end(body)
  const response = await promise
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  return { status: response.statusCode ?? 0, headers: response.headers, text, json: jsonIn(text) }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Answers whether a value has members. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
