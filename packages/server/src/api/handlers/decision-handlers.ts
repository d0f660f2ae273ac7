import type { DecisionFilter, DecisionOperations, SupposedCall, WhatIfView } from "@tabard/api"
import {
  type Caller,
  type DecisionPlace,
  type DecisionQuery,
  differenceInWords,
  evaluatedAnswer,
  explainDecision,
  recordedAnswer,
  whatIf,
} from "@tabard/control"
import { z } from "zod"
import { askedId } from "../asked-id.ts"
import { given } from "../given.ts"
import type { Handlers } from "../handler.ts"
import { idPlace, type ListOrder, pageOf, TIME_PLACE } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"
import {
  answerSentence,
  answerView,
  decisionDetail,
  decisionViews,
  linkNames,
} from "../views/decision-views.ts"
import { namesOf } from "../views/names.ts"
import { supposedQuestion } from "./supposed-question.ts"

/** What was decided, why, and what would be decided otherwise. */
export function decisionHandlers(services: ApiServices): Pick<Handlers, keyof DecisionOperations> {
  const { shelf } = services
  return {
    listDecisions: (_, filter) =>
      shelf.snapshot(async (tx) => {
        const wanted = wantedDecisions(filter)
        const { items, next } = await pageOf(DECISIONS, filter, (from) =>
          tx.decisions.list({ ...wanted, ...from }),
        )
        return { items: await decisionViews(tx, items), next }
      }),
    getDecision: (_, { id }) =>
      shelf.snapshot(async (tx) => decisionDetail(tx, await explainDecision(tx, id))),
    askWhatIf: ({ user }, asked) => supposed(services, user, asked),
  }
}

const DECISIONS: ListOrder<DecisionPlace, DecisionPlace> = {
  list: "decisions",
  placeOf: ({ id, at }) => ({ id, at }),
  place: z.object({ id: idPlace("decision"), at: TIME_PLACE }),
}

function wantedDecisions(filter: DecisionFilter): Omit<DecisionQuery, "after" | "limit"> {
  const { agent, person, task, call, tool, effect, effectClass, code, policy, from, until } = filter
  const named = tool?.includes("/") ? { action: tool } : { server: tool }
  return given({
    ...named,
    effect,
    effectClass,
    code,
    policy,
    agent: askedId("agent", "agent", agent),
    onBehalfOf: askedId("user", "person", person),
    task: askedId("task", "task", task),
    call: askedId("call", "call", call),
    from: from === undefined ? undefined : new Date(from),
    until: until === undefined ? undefined : new Date(until),
  })
}

/** What is asked about is found among what one may see; what answers it is everything that decides. */
async function supposed(services: ApiServices, caller: Caller, asked: SupposedCall): Promise<WhatIfView> {
  const { shelf, wholeShelf } = services
  const { question, decision, tool } = await shelf.snapshot((tx) => supposedQuestion(tx, caller, asked))
  const { snapshot, transact } = wholeShelf
  const evaluated = await whatIf({ ...recordContext(services), snapshot, transact }, question)
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
