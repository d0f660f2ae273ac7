import { type ActInput, type ActOutcomeView, OPERATIONS, SINGLE_ACTS } from "@tabard/api"
import { type ActOutcome, actOnAgents, previewActs } from "@tabard/control"
import type { User } from "@tabard/core"
import { assertMay } from "../assert-may.ts"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"

/** Acts on many agents, and what they would do. */
export function actsHandlers(services: ApiServices): Pick<Handlers, "previewActs" | "actOnAgents"> {
  const { shelf, clock, certifier, onFault } = services
  const deps = { ...recordContext(services), ...shelf, certifier, onFault }
  return {
    previewActs: async ({ user }, { act, agents }) => {
      assertMayActOnOne(act, user)
      return shelf.snapshot((tx) => previewActs(tx, user, { act, agents, now: clock.now() }))
    },
    actOnAgents: async ({ user }, { act, agents }) => {
      assertMayActOnOne(act, user)
      const outcomes = await actOnAgents(deps, user, { act, agents })
      const done = outcomes.filter(({ kind }) => kind === "done").length
      return { done, outcomes: outcomes.map(outcomeView) }
    },
  }
}

/** Many at once is no way around who may act on one. */
function assertMayActOnOne({ kind }: Pick<ActInput, "kind">, user: User): void {
  assertMay(OPERATIONS[SINGLE_ACTS[kind]], user)
}

function outcomeView(outcome: ActOutcome): ActOutcomeView {
  const { agent, kind } = outcome
  const refusal = kind === "refused" ? { code: outcome.code, says: outcome.says } : { code: null, says: null }
  return { agent, outcome: kind, ...refusal }
}
