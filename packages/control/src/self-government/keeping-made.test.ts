import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Agent, type Id, newId, type User } from "@tabard/core"
import { type ApiTokenWish, makeApiToken } from "../api-tokens/make-api-token.ts"
import { enterAgent } from "../registry/enter-agent.ts"
import { type ControlWorld, mandateOf, openControlWorld } from "../testing/control-world.ts"
import type { Shelf } from "../transaction.ts"
import { declareReach } from "./declare-reach.ts"
import { MOST_BOUND } from "./gather-bound.ts"
import { type AskedAct, governedShelf } from "./governed-shelf.ts"
import { commandLineOf, type Hand } from "./government-node.ts"
import { governorsOf } from "./governors-of.ts"

const REFUSED = { code: "self_government" } as const
const ADMINISTERS: ApiTokenWish = {
  purpose: "Housekeeping",
  role: "administrator",
  scopes: ["agents:write"],
  days: 1,
}

describe("what an agent's hand makes", () => {
  it("is kept with that hand, as what it takes on is, and holds whoever has it to their bounds", async () => {
    await using world = await openControlWorld()
    const { ann, clerk, other } = await furnish(world)
    const { made: token } = await makeApiToken(world, ann, { ...ADMINISTERS, heldBy: [clerk.id] })
    const { made: another } = await makeApiToken(world, ann, ADMINISTERS)
    const making = (hand: Id<"apiToken">) =>
      enterAgent({ ...world, ...by(world, hand, ann, []) }, ann, { description: { name: "Twin" } })
    const [twin, cousin] = [await making(token.id), await making(another.id)]
    const found = await world.agent({ state: "discovered", owner: null, mandate: null })
    const taking = (hand: Id<"apiToken">, owner: User) =>
      by(world, hand, ann, []).transact(({ agents }) =>
        agents.handOver(found.id, null, owner.id, world.clock.now()),
      )
    const tries = (hand: Id<"apiToken">, agent: Agent) =>
      by(world, hand, ann, [{ kind: "agent", id: agent.id }]).transact(async () => "done")
    await assert.rejects(tries(token.id, twin), {
      ...REFUSED,
      message: /holds the API token “Housekeeping”, which made Twin\. A person/,
    })
    assert.equal(await tries(token.id, cousin), "done")
    assert.equal(await tries(token.id, other), "done")
    assert.equal(await taking(token.id, ann), true)
    await assert.rejects(tries(token.id, found), REFUSED)
    await declareReach(world, ann, { holder: clerk.id, to: another.id })
    await assert.rejects(tries(token.id, cousin), REFUSED)
    await assert.rejects(tries(another.id, twin), REFUSED)
  })

  it("keeps it from everything where that is more than can be looked at", async () => {
    await using world = await openControlWorld()
    const { ann, clerk, other } = await furnish(world)
    const { made: token } = await makeApiToken(world, ann, { ...ADMINISTERS, heldBy: [clerk.id] })
    const tries = () =>
      by(world, token.id, ann, [{ kind: "agent", id: other.id }]).transact(async () => "done")
    assert.equal(await tries(), "done")
    await by(world, token.id, ann, []).transact(({ agents }) =>
      agents.insertAll(
        Array.from({ length: MOST_BOUND }, () => ({
          id: newId("agent", world.clock),
          state: "discovered",
          owner: null,
          mandate: null,
          createdAt: world.clock.now(),
        })),
      ),
    )
    await assert.rejects(tries(), REFUSED)
  })

  it("is no way for a local agent that was itself entered at the command line to govern itself", async () => {
    await using world = await openControlWorld()
    const { ann } = await furnish(world)
    const shelf = by(world, commandLineOf(ann.id), ann, [])
    const made = await enterAgent({ ...world, ...shelf }, ann, {
      description: { name: "Local", category: "local" },
      owner: ann.email,
    })
    const { itself, governors } = await world.snapshot((tx) => governorsOf(tx, made.id, world.clock.now()))
    assert.deepEqual(itself, [])
    assert.ok(governors.some(({ node }) => node === commandLineOf(ann.id)))
  })
})

async function furnish(
  world: ControlWorld,
): Promise<{ readonly ann: User; readonly clerk: Agent; readonly other: Agent }> {
  const ann = await world.person("administrator")
  const bob = await world.person("member")
  return { ann, clerk: await owned(world, ann), other: await owned(world, bob) }
}

function owned(world: ControlWorld, owner: User): Promise<Agent> {
  return world.agent({ state: "active", owner: owner.id, mandate: mandateOf(owner, world.clock) })
}

function by(world: ControlWorld, actor: Hand, caller: User, changes: AskedAct["changes"]): Shelf {
  return governedShelf(world, world, { operation: "enterAgent", actor, caller: caller.id, changes })
}
