import { type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from "node:http"
import { request as tlsRequest } from "node:https"
import { isIP } from "node:net"
import { ClosedAddress, guardedLookup, hostOf, type TargetRules } from "../notifications/guard-address.ts"
import { connectionFault } from "./connection-fault.ts"
import type { Agents } from "./kept-connections.ts"

/** One request to somebody outside. */
export interface OutgoingRequest {
  readonly method: "GET" | "POST"
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/** Within what a request has to be answered. */
export interface SendLimits {
  /** How long the other end has for all of it: its name, its connection and its answer. */
  readonly timeMs: number
  /** How many bytes of an answer are read. */
  readonly mostAnswer: number
  readonly signal?: AbortSignal
  /** Connections to use again; without them each request has one of its own. */
  readonly agents?: Agents
}

/** What came of a request, in words of ours: not even the other end's name, which may be a secret. */
export type Answered =
  | {
      readonly kind: "answered"
      readonly status: number
      readonly headers: IncomingHttpHeaders
      readonly body: string
      /** Whether all of the answer was read. */
      readonly whole: boolean
    }
  /** There was no answer; where `lasting`, a person has to put something right before there is one. */
  | { readonly kind: "failed"; readonly said: string; readonly lasting: boolean }

/** Sends one request within the rules of where it may lead, and follows no redirect: what was agreed to is one address. */
export async function sendRequest(
  rules: TargetRules,
  request: OutgoingRequest,
  limits: SendLimits,
): Promise<Answered> {
  const host = hostOf(new URL(request.url))
  // For an address that is written out nobody is asked, so it is looked at here.
  if (isIP(host) !== 0 && !rules.isOpen(host)) return failed(new ClosedAddress("it is not open"))
  const stop = AbortSignal.any([
    AbortSignal.timeout(limits.timeMs),
    ...(limits.signal ? [limits.signal] : []),
  ])
  try {
    return await answerTo(rules, request, { ...limits, signal: stop })
  } catch (error) {
    return failed(error)
  }
}

function failed(error: unknown): Answered {
  return { kind: "failed", ...connectionFault(error) }
}

type Stoppable = SendLimits & { readonly signal: AbortSignal }

function answerTo(rules: TargetRules, request: OutgoingRequest, limits: Stoppable): Promise<Answered> {
  const url = new URL(request.url)
  const isTls = url.protocol === "https:"
  const bytes = Buffer.from(request.body)
  return new Promise((resolve, reject) => {
    const sent = (isTls ? tlsRequest : plainRequest)(url, {
      method: request.method,
      headers: { "user-agent": "Tabard", ...request.headers, "content-length": bytes.length },
      lookup: guardedLookup(rules),
      signal: limits.signal,
      agent: (isTls ? limits.agents?.tls : limits.agents?.plain) ?? false,
    })
    sent.on("error", (error) => {
      // The other end gave up an idle connection just as it was used again: that says nothing of the request.
      if (sent.reusedSocket && "code" in error && error.code === "ECONNRESET")
        answerTo(rules, request, limits).then(resolve, reject)
      else reject(error)
    })
    sent.on("response", (response) => {
      readAnswer(response, limits.mostAnswer).then(resolve, reject)
    })
    sent.end(bytes)
  })
}

function readAnswer(response: IncomingMessage, most: number): Promise<Answered> {
  const pieces: Buffer[] = []
  let read = 0
  return new Promise((resolve, reject) => {
    const done = (whole: boolean): void => {
      const body = Buffer.concat(pieces).toString("utf8")
      resolve({ kind: "answered", status: response.statusCode ?? 0, headers: response.headers, body, whole })
    }
    response.on("data", (piece: Buffer) => {
      read += piece.length
      if (read <= most) return void pieces.push(piece)
      done(false)
      response.destroy()
    })
    response.on("end", () => done(true))
    response.on("error", reject)
  })
}
