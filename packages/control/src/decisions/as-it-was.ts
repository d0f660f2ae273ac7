import type { Agent, DecidedAgent, DecisionRecord, Id, User } from "@tabard/core"
import type { OwnedAgent } from "../registry/agent-store.ts"
import type { Transaction } from "../transaction.ts"
import type { EvaluateStore } from "./evaluate-call.ts"

type Stores = Pick<Transaction, EvaluateStore>

/**
 * Answers stores as they answered a recorded decision: the policies that were in force, the tool as it was reviewed, tasks that were
 * open, agents and people that stood, and limits as far as they were used. What was not kept of it is as it is now.
 */
export function asItWas(tx: Stores, decision: DecisionRecord): Stores {
  const { policies } = tx
  return {
    ...tx,
    policies: {
      ...policies,
      concerning: (subjects) => policies.concerned(subjects, decision.at),
    },
    agents: agentsThen(tx, decision),
    budgets: budgetsThen(tx, decision),
    servers: serversThen(tx, decision),
    tasks: tasksThen(tx, decision),
    users: usersThen(tx, decision),
  }
}

function tasksThen({ tasks }: Stores, { at }: DecisionRecord): Stores["tasks"] {
  return {
    ...tasks,
    async find(id) {
      const task = await tasks.find(id)
      return task?.closedAt && task.closedAt > at ? { ...task, closedAt: null } : task
    },
  }
}

/** Of whoever was asked about it is known that they stood; who was refused before that is told as they are. */
function agentsThen({ agents, users }: Stores, { at, grounds }: DecisionRecord): Stores["agents"] {
  const told = new Map(grounds?.agents?.map((one) => [one.id, one]))
  return {
    ...agents,
    async findOwned(id) {
      const found = await agents.findOwned(id)
      const then = told.get(id)
      if (!found || !then) return found
      return { agent: agentThen(found.agent, then, at), owner: await ownerThen(users, found, then) }
    },
  }
}

function agentThen(agent: Agent, { tier }: DecidedAgent, at: Date): Agent {
  const { mandate } = agent
  if (!mandate) return { ...agent, state: "active" }
  const lasting = mandate.expiresAt > at ? mandate.expiresAt : new Date(at.getTime() + 1)
  return { ...agent, state: "active", mandate: { ...mandate, tier, expiresAt: lasting } }
}

async function ownerThen(
  users: Stores["users"],
  { owner }: OwnedAgent,
  then: DecidedAgent,
): Promise<User | undefined> {
  const found = then.owner === undefined ? owner : ((await users.find(then.owner)) ?? owner)
  return found && { ...found, active: true }
}

function usersThen({ users }: Stores, { onBehalfOf, grounds }: DecisionRecord): Stores["users"] {
  const stood = grounds?.agents !== undefined
  return {
    ...users,
    async find(id) {
      const user = await users.find(id)
      return user && stood && id === onBehalfOf ? { ...user, active: true } : user
    },
  }
}

function serversThen({ servers }: Stores, { resource, grounds }: DecisionRecord): Stores["servers"] {
  const version = grounds?.toolVersion
  if (version === undefined) return servers
  return {
    ...servers,
    async pinned(server?: Id<"server">) {
      const now = await servers.pinned(server)
      const then = server === resource ? await servers.findVersion(version) : undefined
      return then ? [...now.filter(({ name }) => name !== then.name), then] : now
    },
  }
}

/** Limits that were not there then are as far used as now. */
function budgetsThen({ budgets }: Stores, { grounds }: DecisionRecord): Stores["budgets"] {
  const uses = grounds?.used ?? []
  return {
    ...budgets,
    async used(counts, call) {
      const now = await budgets.used(counts, call)
      return counts.map(({ subject, budget }, at) => {
        const then = uses.find((one) => one.subject === subject && one.budget === budget)
        return then?.used ?? now[at] ?? 0
      })
    },
  }
}
