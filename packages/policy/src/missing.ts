import { askWords } from "@tabard/core"
import type { DecisionCode } from "./decision.ts"
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
  const sentences = answers.flatMap((answer) => SENTENCES[answer.code](base, action, answer))
  return [...new Set(sentences)].slice(0, MOST_SENTENCES).join(". ")
}

type Words = (base: PolicyBase, action: Action, answer: LinkAnswer) => readonly string[]

/** What a question is refused with before any policy is asked has words of its own. */
const unjudged: Words = () => ["the question could not be judged"]

const SENTENCES: Readonly<Record<DecisionCode, Words>> = {
  permitted: () => [],
  approval_needed: (_base, _action, { asks }) =>
    asks.map(({ route, say }) => `this needs the agreement of ${askWords(route)}: ${say}`),
  forbidden: (base, _action, { reasons }) => reasons.map((id) => forbiddenBy(base, id)),
  no_policy: (base, action, { link }) => [allowedInstead(base, action, link)],
  evidence_missing: (_base, _action, { erred }) =>
    erred.map((id) => `policy ${id} could not be judged, and denies until it is corrected`),
  judges_disagree: () => [
    "two judges differ on this, and what is in dispute is denied; administrators are told",
  ],
  question_malformed: unjudged,
  tool_unknown: unjudged,
  tool_changed: unjudged,
  arguments_refused: unjudged,
}

function forbiddenBy(base: PolicyBase, id: string): string {
  const say = base.policies.get(id)?.say
  return say === undefined ? `policy ${id} forbids it` : `policy ${id} forbids it: ${say}`
}

function allowedInstead(base: PolicyBase, action: Action, link: Link): string {
  const holder = HOLDER[link.name] ?? link.name
  const what = action.tool?.pinned.name ?? action.id
  const nearest = offers(base.slices.of(link, action).policies)
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
