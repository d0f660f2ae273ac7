import type { DecisionFilter, DecisionOperations } from "@tabard/api"
import { type DecisionPlace, type DecisionQuery, explainDecision } from "@tabard/control"
import { z } from "zod"
import { askedId } from "../asked-id.ts"
import { given } from "../given.ts"
import type { Handlers } from "../handler.ts"
import { idPlace, type ListOrder, pageOf, TIME_PLACE } from "../pages.ts"
import type { ApiServices } from "../services.ts"
import { decisionDetail, decisionViews } from "../views/decision-views.ts"
import { answerSupposed } from "./answer-supposed.ts"

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
    askWhatIf: ({ user }, asked) => answerSupposed(services, user, asked),
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
