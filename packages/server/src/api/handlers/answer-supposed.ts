import type { SupposedCall, WhatIfView } from "@tabard/api"
import {
  type Caller,
  differenceInWords,
  evaluatedAnswer,
  type PolicyKeeper,
  recordedAnswer,
  whatIf,
} from "@tabard/control"
import { type ApiServices, recordContext } from "../services.ts"
import { answerSentence, answerView, linkNames } from "../views/decision-views.ts"
import { namesOf } from "../views/names.ts"
import { supposedQuestion } from "./supposed-question.ts"

/** Whose services answer; `policies` holds what was compiled, for whoever asks often. */
type Answering = ApiServices & { readonly policies?: PolicyKeeper }

/** What is asked about is found among what one may see; what answers it is everything that decides. */
export async function answerSupposed(
  services: Answering,
  caller: Caller,
  asked: SupposedCall,
): Promise<WhatIfView> {
  const { shelf, wholeShelf } = services
  const { question, decision, tool } = await shelf.snapshot((tx) => supposedQuestion(tx, caller, asked))
  const { snapshot, transact } = wholeShelf
  const { policies } = services
  const deps = { ...recordContext(services), snapshot, transact, ...(policies && { policies }) }
  const evaluated = await whatIf(deps, question)
  const answer = evaluatedAnswer(evaluated)
  const before = decision && recordedAnswer(decision)
  return shelf.snapshot(async (tx) => {
    const { agent } = question.who
    const names = await namesOf(tx, { agents: [agent] })
    const name = await linkNames(tx, answer.links)
    return {
      sentence: answerSentence("would", answer, { agent: names.agent(agent).name, tool }),
      answer: await answerView(tx, answer),
      before: before ? await answerView(tx, before) : null,
      difference: before ? differenceInWords(before, answer, name) : [],
      version: evaluated.version,
    }
  })
}
