import { Problem } from "@tabard/core"
import { decide, evaluateApplication } from "@tabard/policy"
import { questionOfCase } from "./case-question.ts"
import { type CaseTerms, type CaseWorld, caseWorld } from "./case-world.ts"
import { type CaseAnswer, complaintsOf } from "./judge-answer.ts"
import type { CaseResult, PolicyCase, PolicyCases } from "./policy-cases.ts"

/**
 * Asks each case and holds the answers to what they have to be. Deciding has no effect and reads no clock: the same files answer the
 * same.
 *
 * @throws {Problem} where what they are held against could not be in force
 */
export function runCases({ cases }: Pick<PolicyCases, "cases">, terms: CaseTerms): readonly CaseResult[] {
  const world = caseWorld(terms)
  return cases.map((each) => resultOf(each, world))
}

function resultOf(each: PolicyCase, world: CaseWorld): CaseResult {
  const told = { name: each.name, line: each.line }
  try {
    return judgedCase(each, answerTo(each, world))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { ...told, answer: "it could not be asked", complaints: [error.message] }
  }
}

/** Holds what was answered to a case, by whomever, to what it has to be. */
export function judgedCase({ name, line, expect }: PolicyCase, answer: CaseAnswer): CaseResult {
  const { effect, code, words } = answer
  return {
    name,
    line,
    answer: words === "" ? `${effect} (${code})` : `${effect} (${code}): ${words}`,
    complaints: complaintsOf(answer, expect),
  }
}

/** Says what was answered in words: what is missing, and what people are asked. */
export function answerWords({
  missing,
  asks,
}: {
  readonly missing: string
  readonly asks: readonly { readonly say: string }[]
}): string {
  const said = asks.map(({ say }) => say).filter((say) => !missing.includes(say))
  return [missing, ...said].filter((each) => each !== "").join("; ")
}

function answerTo({ question }: PolicyCase, world: CaseWorld): CaseAnswer {
  if ("agent" in question) {
    const decided = decide(world.base, questionOfCase(question.agent, world))
    const { effect, code, reasons: policies, asks } = decided
    const words = answerWords(decided)
    return { effect, code, words, policies, asks: asks.map(({ route }) => route), obligations: [] }
  }
  if (!world.application) throw new Problem("body_invalid", "no application is named that could be asked")
  const answer = evaluateApplication(world.application, question.application)
  const { permitted, code, words, policies, obligations } = answer
  const effect = permitted ? "permit" : "deny"
  return { effect, code, words, policies, asks: [], obligations: obligations.map(({ type }) => type) }
}
