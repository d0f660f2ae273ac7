import { isId, type Task } from "@tabard/core"
import type { CountKey } from "../budgets/budget-store.ts"
import type { Transaction } from "../transaction.ts"
import { type OwnSight, seesFinding } from "./own-sight.ts"

/**
 * Narrows by what a caller can name alone: another's is not found. What follows from a change is computed from all
 * that there is, so that a member's act leaves the same scores and findings as anybody's.
 */
export function ownTouches(tx: Transaction, sight: OwnSight): Transaction {
  const { agents, approvals, clientGrants, findings, offers, tasks } = tx
  return {
    ...tx,
    agents: {
      ...agents,
      find: async (id) => (sight.agents.has(id) ? agents.find(id) : undefined),
      findOwned: async (id) => (sight.agents.has(id) ? agents.findOwned(id) : undefined),
    },
    approvals: {
      ...approvals,
      async find(id) {
        const found = await approvals.find(id)
        const sees = found && (sight.agents.has(found.question.agent) || found.approvers.includes(sight.user))
        return sees ? found : undefined
      },
    },
    budgets: ownBudgets(tx, sight),
    clientGrants: {
      ...clientGrants,
      async byId(id) {
        const found = await clientGrants.byId(id)
        return found?.user === sight.user ? found : undefined
      },
      list: (query) => clientGrants.list({ ...query, user: sight.user }),
    },
    delegations: ownDelegations(tx, sight),
    decisions: ownDecisions(tx, sight),
    findings: {
      ...findings,
      async find(id) {
        const found = await findings.find(id)
        return found && (await seesFinding(tx, sight, found)) ? found : undefined
      },
    },
    observing: ownObserving(tx, sight),
    offers: {
      ...offers,
      async find(id) {
        const found = await offers.find(id)
        return found && (found.to === sight.user || sight.agents.has(found.agent)) ? found : undefined
      },
    },
    ...ownEnds(tx, sight),
    tasks: {
      ...tasks,
      async find(id) {
        const found = await tasks.find(id)
        return found && seesTask(sight, found) ? found : undefined
      },
      async findAll(ids) {
        const asked = await approvals.tasksPutTo(sight.user, ids)
        return (await tasks.findAll(ids)).filter((task) => seesTask(sight, task) || asked.has(task.id))
      },
    },
    trustRules: ownTrustRules(tx, sight),
  }
}

/** Who answers for either agent sees that the one may act for the other. */
function ownDelegations({ delegations }: Transaction, { agents }: OwnSight): Transaction["delegations"] {
  return {
    ...delegations,
    async find(id) {
      const found = await delegations.find(id)
      return found && (agents.has(found.from) || agents.has(found.to)) ? found : undefined
    },
  }
}

function ownTrustRules({ trustRules }: Transaction, { agents }: OwnSight): Transaction["trustRules"] {
  return {
    ...trustRules,
    async find(id) {
      const found = await trustRules.find(id)
      return found && agents.has(found.agent) ? found : undefined
    },
  }
}

function seesTask({ agents, user }: OwnSight, { agent, onBehalfOf }: Task): boolean {
  return agents.has(agent) || onBehalfOf === user
}

/** How an agent goes on, and how it ends, is told of one's own. */
function ownEnds(
  { renewals, settlements }: Transaction,
  { agents }: OwnSight,
): Pick<Transaction, "renewals" | "settlements"> {
  return {
    renewals: { ...renewals, of: (ids) => renewals.of(ids.filter((id) => agents.has(id))) },
    settlements: { ...settlements, of: async (id) => (agents.has(id) ? settlements.of(id) : []) },
  }
}

function ownDecisions({ decisions }: Transaction, { agents }: OwnSight): Transaction["decisions"] {
  return {
    ...decisions,
    async find(id) {
      const found = await decisions.find(id)
      return found && agents.has(found.agent) ? found : undefined
    },
    limited: async (agent, limit) => (agents.has(agent) ? decisions.limited(agent, limit) : []),
  }
}

function ownObserving({ observing }: Transaction, { agents }: OwnSight): Transaction["observing"] {
  return {
    ...observing,
    find: async (agent) => (agents.has(agent) ? observing.find(agent) : undefined),
    calls: async (agent, limit) => (agents.has(agent) ? observing.calls(agent, limit) : []),
    running: async (now) => (await observing.running(now)).filter((agent) => agents.has(agent)),
    rehearsal: async (agent) => (agents.has(agent) ? observing.rehearsal(agent) : undefined),
  }
}

/** A count of somebody else's says nothing, not even that there is one. */
function ownBudgets({ budgets, tasks }: Transaction, { agents, user }: OwnSight): Transaction["budgets"] {
  const isOwn = async (subject: string): Promise<boolean> => {
    if (isId("agent", subject)) return agents.has(subject)
    const task = isId("task", subject) ? await tasks.find(subject) : undefined
    return task ? agents.has(task.agent) : subject === user
  }
  return {
    ...budgets,
    async used(counts, call) {
      const own: CountKey[] = []
      for (const count of counts) if (await isOwn(count.subject)) own.push(count)
      const used = new Map((await budgets.used(own, call)).map((much, at) => [own[at], much]))
      return counts.map((count) => used.get(count) ?? 0)
    },
  }
}
