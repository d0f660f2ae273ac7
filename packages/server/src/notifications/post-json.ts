import { request as plainRequest, type RequestOptions } from "node:http"
import { request as tlsRequest } from "node:https"
import { isIP } from "node:net"
import type { Carried } from "./carrier.ts"
import { ClosedAddress, guardedLookup, hostOf, type TargetRules } from "./guard-address.ts"

/** What is sent to a channel. */
export interface Posting {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** How long a channel has for all of it, its name, its connection and its answer. */
const TIME_MS = 10_000

/** How much of an answer is read: nothing in it matters but its status. */
const MOST_ANSWER = 16 * 1024

/** Posts JSON once, within the rules, and follows no redirect: what was agreed to is one address. */
export async function postJson(
  rules: TargetRules,
  posting: Posting,
  timeMs: number = TIME_MS,
): Promise<Carried> {
  const url = new URL(posting.url)
  const host = hostOf(url)
  // For an address that is written out nobody is asked, so it is looked at here.
  if (isIP(host) !== 0 && !rules.isOpen(host)) return closed()
  try {
    const status = await statusOf(url, posting, {
      lookup: guardedLookup(rules),
      signal: AbortSignal.timeout(timeMs),
    })
    return carriedBy(status)
  } catch (error) {
    return error instanceof ClosedAddress ? closed() : { kind: "unavailable", said: faultWords(error) }
  }
}

function statusOf(
  url: URL,
  { headers, body }: Posting,
  options: Pick<RequestOptions, "lookup" | "signal">,
): Promise<number> {
  const request = url.protocol === "https:" ? tlsRequest : plainRequest
  const bytes = Buffer.from(body)
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      ...options,
      method: "POST",
      // A connection of its own: none is kept that was looked at under other rules.
      agent: false,
      headers: {
        ...headers,
        "content-type": "application/json",
        "content-length": bytes.length,
        "user-agent": "Tabard",
      },
    })
    sent.on("error", reject)
    sent.on("response", (response) => {
      let read = 0
      const done = (): void => {
        resolve(response.statusCode ?? 0)
        sent.destroy()
      }
      response.on("data", (piece: Buffer) => {
        read += piece.length
        if (read > MOST_ANSWER) done()
      })
      response.on("end", done)
      response.on("error", reject)
    })
    sent.end(bytes)
  })
}

function carriedBy(status: number): Carried {
  if (status >= 200 && status < 300) return { kind: "sent" }
  if (status === 410) return { kind: "refused", said: "it answered 410: this address is gone for good" }
  if (status >= 300 && status < 400)
    return { kind: "unavailable", said: `it answered ${status}: a redirect, which is not followed` }
  return { kind: "unavailable", said: `it answered ${status}` }
}

function closed(): Carried {
  return {
    kind: "unavailable",
    said: "its address is in a network that is not open: have the operator list it",
  }
}

/** Says what went wrong without a word of the other end's: not even its name, which may be a secret. */
function faultWords(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  const known = FAULTS.find(([pattern]) => pattern.test(code))
  return known?.[1] ?? "the connection broke"
}

const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/^ABORT_ERR$|^23$/, "it did not answer in time"],
  [/^ENOTFOUND$|^EAI_AGAIN$/, "its name is not known"],
  [/^ECONNREFUSED$/, "nobody answers there"],
  [/CERT|SSL|TLS|SELF_SIGNED|ALTNAME|VERIFY/, "its certificate could not be verified"],
]
