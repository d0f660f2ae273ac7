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
    const answer = answerTo(each, world)
    const { effect, code, words } = answer
    return {
      ...told,
      answer: words === "" ? `${effect} (${code})` : `${effect} (${code}): ${words}`,
      complaints: complaintsOf(answer, each.expect),
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { ...told, answer: "it could not be asked", complaints: [error.message] }
  }
}

function answerTo({ question }: PolicyCase, world: CaseWorld): CaseAnswer {
  if ("agent" in question) {
    const { effect, code, missing, reasons, asks } = decide(world.base, questionOfCase(question.agent, world))
    const said = asks.map(({ say }) => say)
    const words = [missing, ...said.filter((each) => !missing.includes(each))].filter(Boolean).join("; ")
    return { effect, code, words, policies: reasons, asks: asks.map(({ route }) => route), obligations: [] }
  }
  if (!world.application) throw new Problem("body_invalid", "no application is named that could be asked")
  const answer = evaluateApplication(world.application, question.application)
  const { permitted, code, words, policies, obligations } = answer
  const effect = permitted ? "permit" : "deny"
  return { effect, code, words, policies, asks: [], obligations: obligations.map(({ type }) => type) }
}
