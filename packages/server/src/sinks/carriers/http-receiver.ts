import type { Clock } from "@tabard/core"
import { keptConnections } from "../../http/kept-connections.ts"
import { type Answered, type OutgoingRequest, sendRequest } from "../../http/send-request.ts"
import { targetMistake } from "../../notifications/guard-address.ts"
import type { CarrierDeps } from "./carrier-deps.ts"

/** A receiver that is spoken to over HTTP, by connections that are kept for it alone. */
export interface HttpReceiver extends AsyncDisposable {
  readonly clock: Clock
  /** Posts once; there is an answer, or words of why there is none. */
  post(request: Omit<OutgoingRequest, "method">, signal: AbortSignal): Promise<Answered>
}

const TIME_MS = 30_000

/** Answers tell of items one by one, so they may be long; longer ones are not read to the end. */
const MOST_ANSWER = 4 * 1024 * 1024

/** Opens the way to a receiver over HTTP, whose certificate `ca` signed where it is given. */
export function httpReceiver({ clock, rules, timeMs = TIME_MS }: CarrierDeps, ca?: string): HttpReceiver {
  const agents = keptConnections(ca)
  return {
    clock,
    async post(request, signal) {
      const mistake = targetMistake(rules, request.url)
      if (mistake) return { kind: "failed", said: `its address cannot be used: ${mistake}`, lasting: true }
      const limits = { timeMs, mostAnswer: MOST_ANSWER, signal, agents }
      return sendRequest(rules, { method: "POST", ...request }, limits)
    },
    [Symbol.asyncDispose]: async () => agents[Symbol.dispose](),
  }
}
