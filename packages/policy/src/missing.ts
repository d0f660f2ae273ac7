import type { Link } from "./entities.ts"
import type { LinkAnswer } from "./judge-link.ts"
import type { PolicyBase } from "./policy-base.ts"
import type { Action } from "./schema.ts"

/** More than this is a list, not an answer. */
const MOST_SENTENCES = 4
const MOST_OFFERS = 8

const HOLDER: Readonly<Record<string, string>> = {
  user: "the person served",
  task: "the task",
  agent: "the intent",
}

/**
 * Says what would have been needed instead, so that an agent can do the right thing next. The words are the policies' own: `@say`
 * on a permit completes "the task allows …", on a forbid it is the reason.
 */
export function whatIsMissing(base: PolicyBase, action: Action, answers: readonly LinkAnswer[]): string {
  const sentences = answers.flatMap((answer) => sentencesFor(base, action, answer))
  return [...new Set(sentences)].slice(0, MOST_SENTENCES).join(". ")
}

function sentencesFor(base: PolicyBase, action: Action, answer: LinkAnswer): string[] {
  switch (answer.code) {
    case "permitted":
      return []
    case "approval_needed":
      return answer.asks.map(({ route, say }) => `a person has to agree (${route}): ${say}`)
    case "forbidden":
      return answer.reasons.map((id) => forbiddenBy(base, id))
    case "no_policy":
      return [allowedInstead(base, action, answer.link)]
    case "evidence_missing":
      return answer.erred.map((id) => `policy ${id} could not be judged, and denies until it is corrected`)
    case "question_malformed":
    case "tool_unknown":
    case "tool_changed":
    case "arguments_refused":
      return ["the question could not be judged: a fact about its circumstances is malformed"]
  }
}

function forbiddenBy(base: PolicyBase, id: string): string {
  const say = base.policies.get(id)?.say
  return say === undefined ? `policy ${id} forbids it` : `policy ${id} forbids it: ${say}`
}

function allowedInstead(base: PolicyBase, action: Action, link: Link): string {
  const holder = HOLDER[link.name] ?? link.name
  const what = action.tool?.pinned.name ?? action.id
  const nearest = offers(base.index.slice(link, action))
  if (nearest.length > 0) return `${holder} allows ${nearest.join("; ")}`
  const others = offers(base.index.naming(link.principal))
  if (others.length === 0) return `${holder} allows nothing: no live policy names ${link.principal.id}`
  return `${holder} does not allow ${what}; it allows ${others.join("; ")}`
}

function offers(policies: readonly { json: { effect: string }; say: string | undefined }[]): string[] {
  const says = policies.flatMap(({ json, say }) =>
    json.effect === "permit" && say !== undefined ? [say] : [],
  )
  return [...new Set(says)].slice(0, MOST_OFFERS)
}
