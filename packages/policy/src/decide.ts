import { type EntityUid, uid } from "./cedar.ts"
import { type LinkDecision, leadingCode, type PolicyDecision, stricter } from "./decision.ts"
import { entitiesOf, type Link, linksOf } from "./entities.ts"
import { type AskedFacts, askedTogether } from "./facts/asked-facts.ts"
import { hoursHeld } from "./facts/hours.ts"
import { type CedarQuestion, judgeLink, type LinkAnswer } from "./judge-link.ts"
import { type LoweredInput, lowerInput } from "./lower-input.ts"
import type { ArgumentFacts } from "./lower-value.ts"
import { whatIsMissing } from "./missing.ts"
import type { ParsedPolicy } from "./parse-policy.ts"
import type { PolicyBase } from "./policy-base.ts"
import type { Question, ToolCall } from "./question.ts"
import type { Action, CedarSchema } from "./schema.ts"
import { sessionContext } from "./session.ts"

/**
 * Answers whether something may be done: `permit`, `ask` or `deny`, always with reasons. Each link of the chain is asked about
 * each target, and the strictest answer counts, so delegation only narrows. Deciding has no effect and reads no clock:
 * the same question gives the same answer.
 */
export function decide(base: PolicyBase, question: Question): PolicyDecision {
  const found = findAction(base.schema, question)
  if ("refused" in found) return refusal(base, question, found)
  const links = linksOf(question)
  const questions = cedarQuestions(base, question, found.action, links)
  if ("refused" in questions) return refusal(base, question, questions)
  return combine(
    base,
    found.action,
    questions.flatMap((each) => links.map((link) => judgeLink(base, link, each))),
  )
}

/** A question that is refused before any policy is asked. */
interface Refusal {
  readonly refused: "tool_unknown" | "tool_changed" | "arguments_refused"
  readonly words: string
}

function findAction(
  schema: CedarSchema,
  { action, server }: Question,
): { readonly action: Action } | Refusal {
  const id = "door" in action ? action.door : `${server.id}/${action.tool}`
  const known = schema.actions.get(id)
  if (!known) {
    const words = schema.unjudgeable.get(id) ?? "nobody has reviewed it; its server's owner can register it"
    return { refused: "tool_unknown", words: `the tool ${id} cannot be called: ${words}` }
  }
  if ("tool" in action && known.tool?.pinned.digest !== action.digest) {
    const words = `the tool ${id} is not as it was reviewed; list the tools again, or have the change reviewed`
    return { refused: "tool_changed", words }
  }
  return { action: known }
}

function cedarQuestions(
  base: PolicyBase,
  question: Question,
  action: Action,
  links: readonly Link[],
): CedarQuestion[] | Refusal {
  const server = uid("Server", question.server.id)
  const slice = links.flatMap((link) => base.index.slice(link, action))
  const asked = askedTogether(slice.map((policy) => policy.asked))
  const within = hoursHeld(asked.hours, question.session.now)
  if ("door" in question.action || !action.tool) {
    const session = sessionContext(question, { pinned: true, lowered: true })
    const context = { session, facts: { input: {}, within } }
    return [{ action, resource: server, context, entities: entitiesOf(question, server) }]
  }
  const lowered = lowerInput(
    action.tool,
    question.action.arguments,
    argumentFacts(slice, question.action, asked),
  )
  if (lowered.kind === "refused") return { refused: "arguments_refused", words: lowered.words }
  const session = sessionContext(question, { pinned: true, lowered: lowered.whole })
  return lowered.inputs.flatMap((each) =>
    resourcesOf(server, each).map((resource) => ({
      action,
      resource,
      context: { session, input: each.input, facts: { input: each.facts, within } },
      entities: entitiesOf(question, resource),
    })),
  )
}

function argumentFacts(
  slice: readonly ParsedPolicy[],
  { realPaths }: ToolCall,
  asked: AskedFacts,
): ArgumentFacts {
  const roots = new Set(slice.flatMap((policy) => policy.roots))
  return {
    roots: [...roots].toSorted(),
    ...(asked.looks && { asked: asked.texts }),
    ...(realPaths && { realPaths }),
  }
}

/** What the registered target arguments name; a call that names none acts on the server. */
function resourcesOf(server: EntityUid, { targets }: LoweredInput): EntityUid[] {
  if (targets.length === 0) return [server]
  return targets.map((target) => uid("Resource", `${server.id}/${target}`))
}

function combine(base: PolicyBase, action: Action, answers: readonly LinkAnswer[]): PolicyDecision {
  const effect = answers.map((answer) => answer.effect).reduce(stricter)
  const deciding = answers.filter((answer) => answer.effect === effect)
  const asks = new Map(deciding.flatMap((answer) => answer.asks).map((ask) => [ask.policy, ask]))
  return {
    effect,
    code: leadingCode(deciding.map((answer) => answer.code)),
    reasons: distinct(deciding.flatMap((answer) => answer.reasons)),
    asks: [...asks.values()],
    erred: distinct(deciding.flatMap((answer) => answer.erred)),
    links: effectsByLink(answers),
    missing: whatIsMissing(base, action, deciding),
    version: base.version,
  }
}

function effectsByLink(answers: readonly LinkAnswer[]): LinkDecision[] {
  const byLink = Map.groupBy(answers, ({ link }) => link)
  return [...byLink].map(([{ name, principal }, own]) => ({
    link: name,
    id: principal.id,
    effect: own.map((answer) => answer.effect).reduce(stricter),
  }))
}

function refusal(base: PolicyBase, question: Question, { refused, words }: Refusal): PolicyDecision {
  return {
    effect: "deny",
    code: refused,
    reasons: [],
    asks: [],
    erred: [],
    links: linksOf(question).map(({ name, principal }) => ({ link: name, id: principal.id, effect: "deny" })),
    missing: words,
    version: base.version,
  }
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}
