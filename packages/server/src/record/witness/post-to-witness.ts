import type { PostToWitness } from "@tabard/log"
import { sendRequest } from "../../http/send-request.ts"
import { type TargetRules, targetMistake } from "../../notifications/guard-address.ts"

/** How long a witness has for all of it: a start waits for their answers. */
const TIME_MS = 5_000

/** More than the longest answer that is read. */
const MOST_ANSWER = 128 * 1024

/** Answers what posts to witnesses: within the rules of where this program may connect to, and to no other place. */
export function postToWitness(rules: TargetRules, timeMs: number = TIME_MS): PostToWitness {
  return async (url, body) => {
    // Looked at again although it was when the policy was put: the operator may have closed a network since.
    const mistake = targetMistake(rules, url)
    if (mistake) throw new Error(mistake)
    const headers = { "content-type": "application/octet-stream" }
    const limits = { timeMs, mostAnswer: MOST_ANSWER }
    const answer = await sendRequest(rules, { method: "POST", url, headers, body }, limits)
    if (answer.kind === "failed") throw new Error(answer.said)
    return {
      status: answer.status,
      contentType: answer.headers["content-type"] ?? "",
      body: new TextEncoder().encode(answer.body),
    }
  }
}
