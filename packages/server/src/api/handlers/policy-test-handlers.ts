import {
  OPERATIONS,
  type PolicyTestInput,
  type PolicyTestOperations,
  type SupposedCall,
  type TestedCaseView,
} from "@tabard/api"
import { type Caller, PolicyKeeper, policyVersions } from "@tabard/control"
import { Problem } from "@tabard/core"
import { answerOfServer, judgedCase, type PolicyCase, readKeptCases, serverQuestion } from "@tabard/intent"
import type { Handlers } from "../handler.ts"
import type { ApiServices } from "../services.ts"
import { answerSupposed } from "./answer-supposed.ts"

const CASES = { kind: "cases", subject: "own" } as const

/** Holds what is in force to the cases that are kept with it. */
export function policyTestHandlers(services: ApiServices): Pick<Handlers, keyof PolicyTestOperations> {
  return {
    testPolicies: async ({ user }, { source, draft }) => {
      const [kept] = await services.shelf.snapshot((tx) => policyVersions(tx, user, CASES))
      const asking = { ...services, policies: new PolicyKeeper() }
      const cases: TestedCaseView[] = []
      for (const each of readKeptCases(source ?? kept?.source ?? ""))
        cases.push(await testedCase(asking, user, { each, draft }))
      const failed = cases.filter(({ complaints }) => complaints.length > 0).length
      return { version: kept?.version ?? 0, passed: cases.length - failed, failed, cases }
    },
  }
}

interface Tested extends Pick<PolicyTestInput, "draft"> {
  readonly each: PolicyCase
}

/** A case that cannot be asked fails: nothing shows that what it says is so. */
async function testedCase(
  services: Parameters<typeof answerSupposed>[0],
  caller: Caller,
  { each, draft }: Tested,
): Promise<TestedCaseView> {
  const told = toldOf(each)
  try {
    const { answer } = await answerSupposed(services, caller, askedBy(each, draft))
    const { answer: words, complaints } = judgedCase(each, answerOfServer(answer))
    return { ...told, effect: answer.effect, answer: words, policies: answer.reasons, complaints }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return {
      ...told,
      effect: null,
      answer: "it could not be asked",
      policies: [],
      complaints: [error.message],
    }
  }
}

function askedBy({ question }: PolicyCase, draft: PolicyTestInput["draft"]): SupposedCall {
  const asked = { ...serverQuestion(question, []), ...(draft && { draft }) }
  const { success, data } = OPERATIONS.askWhatIf.input.safeParse(asked)
  if (success) return data
  throw new Problem("body_invalid", "no call could be asked so: its names or its arguments are too long")
}

function toldOf({
  name,
  line,
  question,
  expect,
}: PolicyCase): Pick<TestedCaseView, "agent" | "expects" | "line" | "name" | "tool"> {
  const { who, call } = "agent" in question ? question.agent : { who: "", call: { server: "", tool: "" } }
  return { name, line, agent: who, tool: `${call.server}/${call.tool}`, expects: expect.effect }
}
