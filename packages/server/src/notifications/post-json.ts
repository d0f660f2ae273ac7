import { sendRequest } from "../http/send-request.ts"
import type { Carried } from "./carrier.ts"
import type { TargetRules } from "./guard-address.ts"

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

/** Posts JSON once, within the rules, over a connection of its own: none is kept that was looked at under other rules. */
export async function postJson(
  rules: TargetRules,
  { url, headers, body }: Posting,
  timeMs: number = TIME_MS,
): Promise<Carried> {
  const request = {
    method: "POST",
    url,
    headers: { ...headers, "content-type": "application/json" },
    body,
  } as const
  const answer = await sendRequest(rules, request, { timeMs, mostAnswer: MOST_ANSWER })
  return answer.kind === "failed" ? { kind: "unavailable", said: answer.said } : carriedBy(answer.status)
}

function carriedBy(status: number): Carried {
  if (status >= 200 && status < 300) return { kind: "sent" }
  if (status === 410) return { kind: "refused", said: "it answered 410: this address is gone for good" }
  if (status >= 300 && status < 400)
    return { kind: "unavailable", said: `it answered ${status}: a redirect, which is not followed` }
  return { kind: "unavailable", said: `it answered ${status}` }
}
