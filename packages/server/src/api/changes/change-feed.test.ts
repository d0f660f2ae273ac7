import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { setTimeout as wait } from "node:timers/promises"
import type { Shelf } from "@tabard/control"
import { type Agent, type Id, newId, type Role, systemClock, type User } from "@tabard/core"
import { openTemporarySqlite } from "@tabard/store/testing"
import { ChangeFeed } from "./change-feed.ts"
import type { Listener } from "./listener.ts"

describe("a member who listens", () => {
  it("hears of the agents that they own, help with by a team or are asked to take on, and of no other", async () => {
    await using world = await openWorld()
    const bob = world.person("member")
    const [owned, teamed, offered, other] = await Promise.all([
      world.agent({ owner: bob.id }),
      world.agent(),
      world.agent(),
      world.agent({ owner: newId("user", systemClock) }),
    ])
    await world.helpByTeam(teamed, bob)
    await world.offer(offered, bob)
    const heard = await world.listen(bob)
    for (const agent of [owned, other, teamed, offered]) await world.record("agent.described", agent)
    await world.record("session.started", null)
    await heard.until(offered)
    assert.deepEqual(heard.agents(), [owned, teamed, offered])
  })

  it("hears of an agent from the moment that it is theirs, and is told to look again once it is another's", async () => {
    await using world = await openWorld()
    const [bob, eve] = [world.person("member"), world.person("member")]
    const agent = await world.agent({ owner: eve.id })
    const [his, hers] = [await world.listen(bob), await world.listen(eve)]
    await world.record("agent.described", agent)
    await hers.until(agent)
    await world.handOver(agent, bob)
    await world.record("ownership.accepted", agent)
    await his.until(agent)
    await hers.until("event: reset")
    await world.record("agent.suspended", agent)
    await his.until("agent.suspended")
    await world.settle()
    assert.ok(!hers.text().includes("agent.suspended") && !hers.text().includes("ownership.accepted"))
    assert.equal(hers.text().split("event: reset").length, 2, "told once")
  })

  it("is told to look again where a team took agents away, or brought them, without naming one", async () => {
    await using world = await openWorld()
    const [bob, eve] = [world.person("member"), world.person("member")]
    const agent = await world.agent()
    await world.helpByTeam(agent, bob)
    const [his, hers] = [await world.listen(bob), await world.listen(eve)]
    await world.leaveTeams(bob)
    await world.record("team.member-removed", null)
    await his.until("event: reset")
    await world.settle()
    assert.ok(!hers.text().includes("reset"), "nothing changed for anybody else")
    await world.record("agent.described", agent)
    await world.settle()
    assert.deepEqual(his.agents(), [])
  })

  it("is told to look at everything where nobody can say what was theirs", async () => {
    await using world = await openWorld()
    const bob = world.person("member")
    const agent = await world.agent({ owner: bob.id })
    const heard = await world.listen(bob)
    world.failJudging = true
    await world.record("agent.described", agent)
    await heard.until("event: reset")
    assert.deepEqual(heard.agents(), [])
    assert.ok(world.faults.length > 0)
  })

  it("goes on behind an event that they may see alone", async () => {
    await using world = await openWorld()
    const bob = world.person("member")
    const [own, other] = [await world.agent({ owner: bob.id }), await world.agent()]
    await world.record("agent.described", own)
    const others = await world.record("agent.described", other)
    const heard = await world.listen(bob, others)
    await heard.until("event: reset")
    assert.deepEqual(heard.agents(), [])
  })
})

describe("whoever comes back", () => {
  it("is told all that changed since, also far behind, and nothing twice", async () => {
    await using world = await openWorld()
    const ann = world.person("auditor")
    await world.listen(ann)
    const agent = await world.agent()
    const last = await world.record("agent.described", agent)
    const missed: string[] = []
    for (let n = 0; n < 900; n += 300) missed.push(...(await world.recordMany(300, agent)))
    await world.settle()
    const again = await world.listen(ann, last)
    await again.until(missed.at(-1) ?? "")
    assert.deepEqual(
      again.ids().filter((id) => missed.includes(id ?? "")),
      missed,
    )
  })

  it("is told what changed in the moment before it came, where it names nothing", async () => {
    await using world = await openWorld()
    const agent = await world.agent()
    await world.record("agent.described", agent)
    const heard = await world.listen(world.person("security"))
    await heard.until(agent)
  })

  it("is told to look at everything where that is further back than anybody remembers", async () => {
    await using world = await openWorld()
    const ann = world.person("auditor")
    await world.listen(ann)
    const agent = await world.agent()
    const last = await world.record("agent.described", agent)
    for (let n = 0; n < 3; n += 1) {
      await world.recordMany(900, agent)
      await world.settle()
    }
    const again = await world.listen(ann, last)
    await again.until("event: reset")
  })

  it("misses nothing where another process answers now", async () => {
    await using world = await openWorld()
    const ann = world.person("auditor")
    const agent = await world.agent()
    const [first, , third] = await world.recordMany(3, agent)
    await using other = world.anotherFeed()
    const again = await world.listen(ann, third, other)
    await again.until(first ?? "")
    assert.ok(!again.ids().includes(third ?? ""), "but for what it heard")
  })
})

describe("a slow reader", () => {
  it("keeps a bounded amount waiting, and is told to look at everything instead", async () => {
    await using world = await openWorld()
    const agent = await world.agent()
    const listener = await world.feed.listen(world.person("administrator"), undefined)
    for (let n = 0; n < 4; n += 1) {
      await world.recordMany(900, agent)
      await world.settle()
    }
    const { value = new Uint8Array() } = await listener.stream.getReader().read()
    assert.ok(value.length < 140_000, `${value.length} bytes waited`)
    assert.match(new TextDecoder().decode(value), /^event: reset/)
  })
})

describe("a feed that is closed", () => {
  it("ends at once what everybody is sent", async () => {
    await using world = await openWorld()
    const heard = [await world.listen(world.person("auditor")), await world.listen(world.person("member"))]
    await world.feed[Symbol.asyncDispose]()
    for (const one of heard) await one.ended
  })
})

async function openWorld() {
  const { store, ...opened } = await openTemporarySqlite({ clock: systemClock })
  const organisation = await store.ensureOrganisation("acme", () => ({
    id: newId("organisation", systemClock),
    slug: "acme",
    name: "Acme",
    trustDomain: "acme.example",
  }))
  const shelf = store.shelf(organisation.id)
  const faults: unknown[] = []
  const world = { failJudging: false }
  const anotherFeed = (): ChangeFeed =>
    new ChangeFeed({
      shelf: failing(shelf, world),
      clock: systemClock,
      onFault: (error) => void faults.push(error),
    })
  const feed = anotherFeed()
  const recordMany = async (count: number, agent: Id<"agent"> | null, type = "agent.described") => {
    const bytes = new TextEncoder().encode("{}")
    const at = systemClock.now()
    const base = { type, at, agent, task: null, call: null, bytes, index: null }
    const events = Array.from({ length: count }, () => ({ ...base, id: newId("event", systemClock) }))
    await shelf.transact(({ outbox }) => outbox.appendAll(events))
    return events.map(({ id }) => id)
  }
  const by = newId("user", systemClock)
  const now = systemClock.now()
  const record = async (type: string, agent: Id<"agent"> | null) => (await recordMany(1, agent, type))[0]
  const person = (role: Role): User => {
    const id = newId("user", systemClock)
    return { id, name: role, email: `${id}@example.test`, role, active: true, createdAt: now }
  }
  const listen = async (user: User, since?: string, from: ChangeFeed = feed) =>
    read(await from.listen(user, since))
  return Object.assign(world, {
    feed,
    faults,
    anotherFeed,
    recordMany,
    record,
    person,
    listen,
    agent: async (differs: Partial<Agent> = {}) => {
      const id = newId("agent", systemClock)
      const agent: Agent = { id, state: "discovered", owner: null, mandate: null, createdAt: now, ...differs }
      await shelf.transact(({ agents }) => agents.insert(agent))
      return id
    },
    handOver: async (agent: Id<"agent">, to: User) => {
      await shelf.transact(async ({ agents }) => {
        const from = (await agents.find(agent))?.owner ?? null
        assert.ok(await agents.handOver(agent, from, to.id, now))
      })
    },
    helpByTeam: async (agent: Id<"agent">, { id: user }: User) => {
      const id = newId("team", systemClock)
      await shelf.transact(async ({ teams, maintainers }) => {
        await teams.add({ id, name: id, externalName: null, keptBy: "people", lead: null, createdAt: now })
        await teams.join({ team: id, user, joinedAt: now })
        await maintainers.addTeam({ agent, team: id, addedBy: by, addedAt: now })
      })
    },
    leaveTeams: async ({ id: user }: User) => {
      await shelf.transact(async ({ teams }) => {
        for (const one of (await teams.teamsOf([user])).get(user) ?? []) await teams.leave(one.id, user)
      })
    },
    offer: async (agent: Id<"agent">, { id: to }: User) => {
      const id = newId("offer", systemClock)
      const expiresAt = new Date(now.getTime() + 60_000)
      const base = { id, agent, to, by, note: null, terms: null, offeredAt: now, expiresAt }
      await shelf.transact(({ offers }) => offers.insert({ ...base, state: { kind: "pending" } }))
    },
    /** Until everybody was told what they may hear of all that is recorded: whoever hears a second thing, after the round of the first. */
    settle: async () => {
      const auditor = await listen(person("auditor"))
      for (let round = 0; round < 2; round++)
        await auditor.until((await record("session.started", null)) ?? assert.fail("nothing was recorded"))
    },
    async [Symbol.asyncDispose]() {
      await feed[Symbol.asyncDispose]()
      await opened[Symbol.asyncDispose]()
    },
  })
}

/** The same shelf, on which, where that is asked for, nobody can say whose an agent is. */
function failing(shelf: Shelf, world: { readonly failJudging: boolean }): Shelf {
  return {
    ...shelf,
    snapshot: (work) =>
      shelf.snapshot((tx) =>
        work({
          ...tx,
          agents: {
            ...tx.agents,
            async answering(ids) {
              if (world.failJudging) throw new Error("the store does not answer")
              return tx.agents.answering(ids)
            },
          },
        }),
      ),
  }
}

function read({ stream }: Listener) {
  let text = ""
  const ended = (async () => {
    for await (const piece of stream) text += new TextDecoder().decode(piece)
  })()
  return {
    ended,
    text: () => text,
    ids: () => [...text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id),
    agents: () => [...text.matchAll(/"agent":"(.*?)"/g)].map(([, agent]) => agent),
    async until(part: string) {
      const begun = Date.now()
      while (!text.includes(part)) {
        assert.ok(Date.now() - begun < 60_000, `not heard: ${part} in ${text.slice(-500)}`)
        await wait(20)
      }
    },
  }
}
