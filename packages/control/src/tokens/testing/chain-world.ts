import { DEFAULT_TOKEN_SETTINGS, type Delegation, type Id, newId, type Task, type User } from "@tabard/core"
import type { PresentedToken } from "../check-token.ts"
import { type IssuedToken, issueToken, type TokenRequest } from "../issue-token.ts"
import { agentOf, instanceOf, openTokenWorld, type TokenWorld, taskOf, userOf } from "./token-world.ts"

/** An agent with one install. */
export interface ChainAgent {
  readonly id: Id<"agent">
  readonly instance: Id<"instance">
  readonly thumbprint: string
  readonly owner: User
}

/** A world in which agents act for each other: each of them for every one that stands before it in the list. */
export interface ChainWorld extends TokenWorld {
  readonly agents: readonly ChainAgent[]
  /** A person who owns none of them, and whose task the first is lent. */
  readonly served: User
  readonly lent: Task
  delegation(from: ChainAgent, to: ChainAgent): Delegation
  /** Issues a token to an agent; of a subject, the one that it is exchanged for. */
  issue(agent: ChainAgent, asked?: Partial<TokenRequest>): Promise<PresentedToken & { issued: IssuedToken }>
}

const AUDIENCE = "https://tabard.example/mcp"

/** Opens such a world with so many agents, of two people in turn; the first agent has the world's task. */
export async function openChainWorld(size: number): Promise<ChainWorld> {
  const world = await openTokenWorld()
  const { clock, transact, owner } = world
  const other = userOf(clock)
  const served = userOf(clock)
  const lent = { ...taskOf(world.agent, clock), onBehalfOf: served.id }
  await transact(async ({ users, tasks }) => {
    for (const person of [other, served]) await users.insert(person)
    await tasks.insert(lent)
  })
  const { id, thumbprint } = world.instance
  const agents: ChainAgent[] = [{ id: world.agent.id, instance: id, thumbprint, owner }]
  while (agents.length < size) agents.push(await addAgent(world, agents.length % 2 === 0 ? owner : other))
  const delegations = await allowAll(world, agents)
  await transact(async ({ organisation }) => {
    await organisation.putSettings({ ...(await organisation.settings()), delegationDepth: 8 })
  })
  let serial = 0
  return {
    ...world,
    agents,
    served,
    lent,
    delegation: (from, to) => delegations.get(`${from.id} ${to.id}`) ?? nobodyAllowed(),
    issue: async (agent, asked = {}) => {
      const jti = `token ${++serial}`
      const { instance, thumbprint: jkt } = agent
      const settings = DEFAULT_TOKEN_SETTINGS
      const base = {
        jti,
        instance,
        jkt,
        settings,
        once: [],
        audience: AUDIENCE,
        lifetimeSeconds: 300,
        task: null,
      }
      const issued = await issueToken(world, { ...base, grant: "client_credentials", ...asked })
      const { task = null } = issued.claims
      return { jti, agent: agent.id, instance, jkt, task, audience: asked.audience ?? AUDIENCE, issued }
    },
  }
}

async function addAgent({ clock, transact }: TokenWorld, owner: User): Promise<ChainAgent> {
  const agent = agentOf(owner, clock)
  const instance = instanceOf(agent, clock)
  await transact(async (tx) => {
    await tx.agents.insert(agent)
    await tx.instances.insert(instance)
  })
  return { id: agent.id, instance: instance.id, thumbprint: instance.thumbprint, owner }
}

async function allowAll(
  { clock, transact, owner }: TokenWorld,
  agents: readonly ChainAgent[],
): Promise<ReadonlyMap<string, Delegation>> {
  const all = agents.flatMap((from, at) =>
    agents.slice(at + 1).map((to): Delegation => {
      const times = { allowedAt: clock.now(), expiresAt: null, withdrawnAt: null }
      const id = newId("delegation", clock)
      return { id, from: from.id, to: to.id, scope: null, allowedBy: owner.id, ...times }
    }),
  )
  await transact(async ({ delegations }) => {
    for (const one of all) await delegations.allow(one)
  })
  return new Map(all.map((one) => [`${one.from} ${one.to}`, one]))
}

function nobodyAllowed(): never {
  throw new Error("the one agent may not act for the other")
}
