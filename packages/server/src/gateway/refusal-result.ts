import { allAskWords, type JsonObject } from "@tabard/core"
import type { Enforcement } from "./ports.ts"
import { META } from "./protocol.ts"

/** A tool result that tells an agent that its call was not run, why, and what it may do: a bare error looks like a dead server. */
export function denialResult(denied: Extract<Enforcement, { effect: "deny" }>): JsonObject {
  const reference = denied.decision?.id ?? null
  const told = reference ? ` (reference ${reference})` : ""
  return refusal(`Tabard denied this call: ${denied.words}${told}`, {
    decision: "deny",
    code: denied.code,
    reason: denied.words,
    reference,
    ...(denied.scope && { scope: denied.scope.join(" ") }),
  })
}

/** A tool result that tells an agent that people are asked, and how it comes back for the answer. */
export function askResult({ decision, approval, say }: Extract<Enforcement, { effect: "ask" }>): JsonObject {
  const reason = reasonOf(say, approval.routes)
  const until = approval.expiresAt.toISOString()
  const retry = `Call the tool again with exactly the same arguments before ${until}; _meta {"${META.approval}": "${approval.handle}"} may name the question. Changed arguments are a new question.`
  return refusal(`This call waits for approval and has not run: ${reason}. ${retry}`, {
    decision: "ask",
    code: decision.code,
    reason,
    approval: { handle: approval.handle, expiresAt: until, retry },
    reference: decision.id,
  })
}

/** Answers who is asked, and about what, in words for people and agents alike. */
export function reasonOf(say: readonly string[], routes: readonly string[]): string {
  const about = say.length > 0 ? `: ${say.join("; ")}` : ""
  return `${allAskWords(routes)} must approve it${about}`
}

function refusal(text: string, structured: JsonObject): JsonObject {
  return { content: [{ type: "text", text }], structuredContent: structured, isError: true }
}
