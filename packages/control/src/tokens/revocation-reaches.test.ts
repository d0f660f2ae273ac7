import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id } from "@tabard/core"
import * as fc from "fast-check"
import type { Transaction } from "../transaction.ts"
import { livePrincipal, type PresentedToken, type PrincipalStore, TokenRefused } from "./check-token.ts"
import { type ChainAgent, type ChainWorld, openChainWorld } from "./testing/chain-world.ts"

type Stores = Pick<Transaction, PrincipalStore>

/** Every kind of link that a chain hangs by. */
const LINKS = ["token", "install", "delegation", "agent", "owner", "task"] as const
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
        countStanding: async (jtis) => jtis.length,
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
    delegation: (tx) => ({
      ...tx,
      delegations: { ...tx.delegations, countStanding: async (ids) => ids.length },
    }),
    agent: (tx) => ({
      ...tx,
      agents: {
        ...tx.agents,
        find: async (id) => {
          const found = await tx.agents.find(id)
          return found && { ...found, state: "active" }
        },
      },
    }),
    owner: (tx) => ({
      ...tx,
      users: {
        ...tx.users,
        find: async (id) => {
          const found = await tx.users.find(id)
          return found && { ...found, active: true }
        },
      },
    }),
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

async function grown(
  world: ChainWorld,
  wishes: readonly (readonly [number, number])[],
): Promise<readonly Hanging[]> {
  const [first] = world.agents
  assert.ok(first)
  const task = { links: [`task ${world.task.id}`, `owner ${world.owner.id}`] }
  const tree = [hanging(await world.issue(first, { task: world.task.id }), first, task.links)]
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
    `agent ${token.agent}`,
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
  owner: ({ users }, id) => users.setActive(idOf<"user">(id), false),
  task: ({ tasks }, id, now) => tasks.close(idOf<"task">(id), now),
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
