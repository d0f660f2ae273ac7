import type { Effect } from "@tabard/core"
import type { CaseExpectation } from "./policy-cases.ts"

/** What was answered to a case. */
export interface CaseAnswer {
  readonly effect: Effect
  readonly code: string
  readonly words: string
  readonly policies: readonly string[]
  readonly asks: readonly string[]
  readonly obligations: readonly string[]
}

/** Says in which ways an answer is not what it has to be; nothing where it is. */
export function complaintsOf(answer: CaseAnswer, expected: CaseExpectation): readonly string[] {
  return [
    ...otherwise("the effect", expected.effect, answer.effect),
    ...otherwise("the code", expected.code, answer.code),
    ...(expected.says === undefined || answer.words.includes(expected.says)
      ? []
      : [`the answer does not say ${JSON.stringify(expected.says)}`]),
    ...lacking("policy", expected.policies, answer.policies),
    ...lacking("route", expected.asks, answer.asks),
    ...lacking("obligation", expected.obligations, answer.obligations),
  ]
}

function otherwise(what: string, expected: string | undefined, found: string): string[] {
  return expected === undefined || expected === found ? [] : [`${what} is ${found} and has to be ${expected}`]
}

function lacking(what: string, expected: readonly string[] = [], found: readonly string[]): string[] {
  const among = found.length > 0 ? found.join(", ") : "none"
  return expected
    .filter((each) => !found.includes(each))
    .map((each) => `the ${what} ${each} is missing; there ${found.length === 1 ? "is" : "are"} ${among}`)
}
