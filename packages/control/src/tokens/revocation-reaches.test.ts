import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id } from "@tabard/core"
import * as fc from "fast-check"
import type { Transaction } from "../transaction.ts"
import { livePrincipal, type PresentedToken, type PrincipalStore, TokenRefused } from "./check-token.ts"
import { type ChainAgent, type ChainWorld, openChainWorld } from "./testing/chain-world.ts"
import type { TokenRecord } from "./token-store.ts"

type Stores = Pick<Transaction, PrincipalStore>

/** Every kind of link that a chain hangs by. */
const LINKS = [
  "token",
  "install",
  "key",
  "delegation",
  "agent",
  "mandate",
  "owner",
  "person",
  "task",
] as const
type Link = (typeof LINKS)[number]

/** A token that was issued, and every link that it hangs by. */
interface Hanging {
  readonly token: PresentedToken
  readonly last: ChainAgent
  readonly links: ReadonlySet<string>
}

const AGENTS = 5

/** Which token of those before is exchanged by which agent; what may not be exchanged is passed over. */
const exchanges = fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: AGENTS - 1 })), {
  minLength: 1,
  maxLength: 8,
})

/** For any tree of exchanged tokens and any link: once it is cut, what hangs by it is refused, and nothing else. */
function reaching(
  kinds: readonly Link[],
  see: (tx: Stores) => Stores = (tx) => tx,
): fc.IAsyncProperty<[[number, number][], Link, number]> {
  return fc.asyncProperty(exchanges, fc.constantFrom(...kinds), fc.nat(100), async (wishes, kind, at) => {
    await using world = await openChainWorld(AGENTS)
    const tree = await grown(world, wishes)
    const cut = await cutOne(world, tree, { kind, at })
    for (const one of tree)
      assert.equal(await stands(world, one.token, see), !one.links.has(cut), `${one.token.jti} by ${cut}`)
  })
}

describe("revoking a link of a chain", () => {
  it("reaches every token below it, for any tree and any link, and no other", async () => {
    await fc.assert(reaching(LINKS), { numRuns: 30 })
  })

  const lies: Readonly<Record<Link, (tx: Stores) => Stores>> = {
    token: (tx) => ({
      ...tx,
      tokens: {
        ...tx.tokens,
        standing: async (jtis) => {
          const issued: TokenRecord[] = []
          for (const jti of jtis)
            issued.push(...[await tx.tokens.find(jti)].filter((one) => one !== undefined))
          return issued
        },
        find: async (jti) => {
          const found = await tx.tokens.find(jti)
          return found && found.lineage.length > 0 ? { ...found, revokedAt: null } : found
        },
      },
    }),
    install: (tx) => ({
      ...tx,
      instances: {
        ...tx.instances,
        find: async (id) => {
          const found = await tx.instances.find(id)
          return found && { ...found, revokedAt: null }
        },
      },
    }),
    key: (tx) => ({
      ...tx,
      instances: {
        ...tx.instances,
        find: async (id) => {
          const found = await tx.instances.find(id)
          return found?.earlierKey
            ? { ...found, earlierKey: { ...found.earlierKey, endsAt: FAR_AHEAD } }
            : found
        },
      },
    }),
    delegation: (tx) => ({
      ...tx,
      delegations: { ...tx.delegations, countStanding: async (ids) => ids.length },
    }),
    agent: (tx) => ({
      ...tx,
      agents: {
        ...tx.agents,
        findOwned: async (id) => {
          const found = await tx.agents.findOwned(id)
          return found && { ...found, agent: { ...found.agent, state: "active" } }
        },
      },
    }),
    mandate: (tx) => ({
      ...tx,
      agents: {
        ...tx.agents,
        findOwned: async (id) => {
          const found = await tx.agents.findOwned(id)
          if (!found?.agent.mandate) return found
          const mandate = { ...found.agent.mandate, expiresAt: FAR_AHEAD }
          return { ...found, agent: { ...found.agent, mandate } }
        },
      },
    }),
    owner: everybodyActive,
    person: everybodyActive,
    task: (tx) => ({
      ...tx,
      tasks: {
        ...tx.tasks,
        find: async (id) => {
          const found = await tx.tasks.find(id)
          return found && { ...found, closedAt: null }
        },
      },
    }),
  }
  for (const link of LINKS) {
    it(`is found out where whoever judges does not see that one was cut: ${link}`, async () => {
      const { failed, errorInstance } = await fc.check(reaching([link], lies[link]), { numRuns: 60 })
      assert.equal(failed, true)
      // It has to be the judgement that was wrong, and not the world around it.
      assert.ok(errorInstance instanceof assert.AssertionError, String(errorInstance))
    })
  }
})

const FAR_AHEAD = new Date("2100-01-01T00:00:00.000Z")

function everybodyActive(tx: Stores): Stores {
  const find: Stores["users"]["find"] = async (id) => {
    const found = await tx.users.find(id)
    return found && { ...found, active: true }
  }
  const findOwned: Stores["agents"]["findOwned"] = async (id) => {
    const found = await tx.agents.findOwned(id)
    return found && { ...found, owner: found.owner && { ...found.owner, active: true } }
  }
  return { ...tx, agents: { ...tx.agents, findOwned }, users: { ...tx.users, find } }
}

async function grown(
  world: ChainWorld,
  wishes: readonly (readonly [number, number])[],
): Promise<readonly Hanging[]> {
  const [first] = world.agents
  assert.ok(first)
  const { served, lent } = world
  const root = await world.issue(first, { task: lent.id, served: served.id })
  const tree = [hanging(root, first, [`task ${lent.id}`, `person ${served.id}`])]
  for (const [from, to] of wishes) {
    const parent = tree[from % tree.length]
    const agent = world.agents[to]
    // An agent acts for those that stand before it alone.
    if (!parent || !agent || world.agents.indexOf(parent.last) >= to) continue
    const token = await world.issue(agent, { subject: parent.token, grant: "token-exchange" })
    const permission = world.delegation(parent.last, agent)
    tree.push(hanging(token, agent, [...parent.links, `delegation ${permission.id}`]))
  }
  return tree
}

function hanging(token: PresentedToken, last: ChainAgent, links: readonly string[]): Hanging {
  const own = [
    `token ${token.jti}`,
    `install ${token.instance}`,
    `key ${token.instance}`,
    `agent ${token.agent}`,
    `mandate ${token.agent}`,
    `owner ${last.owner.id}`,
  ]
  return { token, last, links: new Set([...links, ...own]) }
}

/** Cuts one of the links of a kind that stand in the tree; answers which. */
async function cutOne(
  world: ChainWorld,
  tree: readonly Hanging[],
  { kind, at }: { kind: Link; at: number },
): Promise<string> {
  const all = [...new Set(tree.flatMap(({ links }) => [...links]))].filter((link) =>
    link.startsWith(`${kind} `),
  )
  const cut = all[at % Math.max(1, all.length)]
  if (cut === undefined) return `no ${kind}`
  await world.transact((tx) => CUTS[kind](tx, cut.slice(kind.length + 1), world.clock.now()))
  return cut
}

type Cut = (tx: Transaction, id: string, now: Date) => Promise<unknown>

/** By the stores alone, as the least that any way to revoke does. */
const CUTS: Readonly<Record<Link, Cut>> = {
  token: ({ tokens }, jti, now) => tokens.revokeOne(jti, now),
  install: ({ instances }, id, now) => instances.revoke(idOf<"instance">(id), now),
  delegation: ({ delegations }, id, now) => delegations.withdraw(idOf<"delegation">(id), now),
  agent: ({ agents }, id) => agents.move(idOf<"agent">(id), ["active"], "suspended"),
  mandate: (tx, id, now) => endMandate(tx, idOf<"agent">(id), now),
  key: (tx, id, now) => endKey(tx, idOf<"instance">(id), now),
  owner: ({ users }, id) => users.setActive(idOf<"user">(id), false),
  person: ({ users }, id) => users.setActive(idOf<"user">(id), false),
  task: ({ tasks }, id, now) => tasks.close(idOf<"task">(id), now),
}

async function endMandate({ agents }: Transaction, id: Id<"agent">, now: Date): Promise<void> {
  const { owner, mandate } = (await agents.find(id)) ?? {}
  assert.ok(owner && mandate)
  const isOver = await agents.renew(id, { owner, ends: mandate.expiresAt }, { ...mandate, expiresAt: now })
  assert.ok(isOver)
}

/** Another key follows it, and the time in which both worked is over. */
async function endKey({ instances }: Transaction, id: Id<"instance">, now: Date): Promise<void> {
  const { jwk, thumbprint: from } = (await instances.find(id)) ?? {}
  assert.ok(jwk && from)
  const to = { jwk, thumbprint: `follows ${from}` }
  assert.ok(await instances.rotate(id, { from, to, keyStorage: undefined, at: now, endsAt: now }))
}

function idOf<K extends "instance" | "delegation" | "agent" | "user" | "task">(text: string): Id<K> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it was an id of this kind when the link was named
  return text as Id<K>
}

async function stands(
  { snapshot, clock }: ChainWorld,
  token: PresentedToken,
  see: (tx: Stores) => Stores,
): Promise<boolean> {
  try {
    await snapshot((tx) => livePrincipal(see(tx), token, clock.now()))
    return true
  } catch (error) {
    if (error instanceof TokenRefused) return false
    throw error
  }
}
