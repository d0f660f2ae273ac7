import type { ReachOperations, ReachView } from "@tabard/api"
import { declareReach, findAgent, governorsOf, type Reach, withdrawReach } from "@tabard/control"
import type { Handlers } from "../handler.ts"
import { byId, pageOf } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { governmentView, reachViews } from "../views/government-views.ts"

const REACHES = byId("reaches", "reach")

/** Who can change what constrains agents, and what people declared of it. */
export function reachHandlers(services: ApiServices): Pick<Handlers, keyof ReachOperations> {
  const { shelf, clock } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  return {
    listReaches: (_, asked) =>
      shelf.snapshot(async (tx) => {
        const { items, next } = await pageOf(REACHES, asked, (from) => tx.reaches.list(from))
        return { items: await reachViews(tx, items), next }
      }),
    declareReach: async ({ user }, wish) => shown(services, await declareReach(deps, user, wish)),
    withdrawReach: async ({ user }, { id }) => {
      await withdrawReach(deps, user, id)
      return {}
    },
    getAgentGovernment: (_, { id }) =>
      shelf.snapshot(async (tx) => {
        const agent = await findAgent(tx.agents, id)
        return governmentView(tx, agent.id, await governorsOf(tx, agent.id, clock.now()))
      }),
  }
}

async function shown({ shelf }: ApiServices, reach: Reach): Promise<ReachView> {
  const [view] = await shelf.snapshot((tx) => reachViews(tx, [reach]))
  if (!view) throw new Error("what was declared is not shown")
  return view
}
