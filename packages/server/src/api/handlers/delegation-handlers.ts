import type { DelegationOperations, DelegationView } from "@tabard/api"
import { allowDelegation, findAgent, type Transaction, withdrawDelegation } from "@tabard/control"
import type { Delegation } from "@tabard/core"
import type { Handlers } from "../handler.ts"
import { byId, pageOf } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { type Names, namesOf } from "../views/names.ts"

const DELEGATIONS = byId("delegations", "delegation")
const OF_AGENT = byId("agent-delegations", "delegation")

/** Which agents may act for which, as people let them and take it back. */
export function delegationHandlers(services: ApiServices): Pick<Handlers, keyof DelegationOperations> {
  const { shelf } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  return {
    listDelegations: (_, asked) =>
      shelf.snapshot(async (tx) => {
        const { items, next } = await pageOf(DELEGATIONS, asked, (from) => tx.delegations.list(from))
        return { items: await delegationViews(tx, items), next }
      }),
    listAgentDelegations: (_, { id, ...asked }) =>
      shelf.snapshot(async (tx) => {
        const agent = await findAgent(tx.agents, id)
        const read = (from: Omit<Parameters<typeof tx.delegations.list>[0], "agent">) =>
          tx.delegations.list({ ...from, agent: agent.id })
        const { items, next } = await pageOf(OF_AGENT, asked, read)
        return { items: await delegationViews(tx, items), next }
      }),
    allowDelegation: async ({ user }, { id, to, scope, expiresAt }) => {
      const allowed = await allowDelegation(deps, user, {
        from: id,
        to,
        scope: scope ?? null,
        expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
      })
      const { from, allowedBy } = allowed
      const names = await shelf.snapshot((tx) =>
        namesOf(tx, { agents: [from, allowed.to], people: [allowedBy] }),
      )
      return delegationView(allowed, names)
    },
    withdrawDelegation: async ({ user }, { id }) => {
      const { tokens } = await withdrawDelegation(deps, user, id)
      return { tokens }
    },
  }
}

type Reads = Pick<Transaction, "facts" | "users">

async function delegationViews(
  tx: Reads,
  delegations: readonly Delegation[],
): Promise<readonly DelegationView[]> {
  const names = await namesOf(tx, {
    agents: delegations.flatMap(({ from, to }) => [from, to]),
    people: delegations.map(({ allowedBy }) => allowedBy),
  })
  return delegations.map((delegation) => delegationView(delegation, names))
}

function delegationView(
  { id, from, to, scope, allowedBy, allowedAt, expiresAt }: Delegation,
  names: Names,
): DelegationView {
  return {
    id,
    from: names.agent(from),
    to: names.agent(to),
    scope,
    allowedBy: names.person(allowedBy),
    allowedAt: allowedAt.toISOString(),
    expiresAt: expiresAt && expiresAt.toISOString(),
  }
}
