import type { Clock } from "@tabard/core"
import type { Answered } from "../../http/send-request.ts"
import type { PartResult } from "./carry-in-parts.ts"

/** A request that was answered by some success. */
export type Success = Extract<Answered, { kind: "answered" }>

/** Answers whether there was an answer, and a good one. */
export function isSuccess(answer: Answered): answer is Success {
  return answer.kind === "answered" && answer.status >= 200 && answer.status < 300
}

/** Answers what follows from an answer that is no success: the words are ours, whatever the receiver said. */
export function refusal(answer: Answered, clock: Clock): PartResult {
  if (answer.kind === "failed") {
    const { said, lasting } = answer
    return lasting ? { kind: "held", reason: said } : { kind: "later", reason: said, afterMs: null }
  }
  const { status } = answer
  const held = heldBy(status)
  if (held) return { kind: "held", reason: `it answered ${status}: ${held}` }
  if (status === 413) return { kind: "unfit", reason: "it answered 413: too large", alone: true }
  if (status === 400 || status === 422)
    return { kind: "unfit", reason: `it answered ${status}: it does not take this`, alone: false }
  return { kind: "later", reason: `it answered ${status}`, afterMs: retryAfter(answer, clock) }
}

function heldBy(status: number): string | undefined {
  if (status >= 300 && status < 400) return "a redirect, which is not followed"
  return HELD[status]
}

const HELD: Readonly<Record<number, string>> = {
  401: "our credentials are refused",
  403: "our credentials do not suffice",
  404: "nothing takes the record at this address",
  405: "nothing takes the record at this address",
  407: "a proxy asks who we are",
  410: "this address is gone for good",
  415: "it does not take this kind of content",
}

const MOST_WAIT_MS = 24 * 3600_000

/** Answers for how long the receiver wants to be left alone, if it says so in seconds or as a date (RFC 9110, 10.2.3). */
export function retryAfter(answer: Extract<Answered, { kind: "answered" }>, clock: Clock): number | null {
  const said = answer.headers["retry-after"]?.trim() ?? ""
  const wait = /^\d{1,9}$/.test(said) ? Number(said) * 1000 : Date.parse(said) - clock.now().getTime()
  return Number.isNaN(wait) ? null : Math.min(Math.max(0, wait), MOST_WAIT_MS)
}
