import { type LinkDecision, leadingCode, type PolicyDecision, stricter } from "./decision.ts"
import { linksOf } from "./entities.ts"
import { judgeLink, type LinkAnswer } from "./judge-link.ts"
import { whatIsMissing } from "./missing.ts"
import type { PolicyBase } from "./policy-base.ts"
import type { Question } from "./question.ts"
import type { Action } from "./schema.ts"
import { type Refusal, whatIsAsked } from "./what-is-asked.ts"

/**
 * Answers whether something may be done: `permit`, `ask` or `deny`, always with reasons. Each link of the chain is asked about
 * each target, and the strictest answer counts, so delegation only narrows. Deciding has no effect and reads no clock:
 * the same question gives the same answer.
 */
export function decide(base: PolicyBase, question: Question): PolicyDecision {
  const asked = whatIsAsked(base, question)
  if ("refused" in asked) return refusal(base, question, asked)
  const answers = asked.questions.flatMap((each) =>
    asked.links.map((own) => judgeLink(base.judge, { ...own, question: each })),
  )
  return combine(base, asked.action, answers)
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
    ...disputeIn(deciding),
    missing: whatIsMissing(base, action, deciding),
    version: base.version,
  }
}

function disputeIn(answers: readonly LinkAnswer[]): Pick<PolicyDecision, "dispute"> {
  const [dispute] = answers.flatMap((answer) => answer.dispute ?? [])
  return dispute === undefined ? {} : { dispute }
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
