import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Agent, Id, Mandate, User } from "@tabard/core"
import { atOnce, foundAgent, id, ids, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"

/** What every AgentStore promises. */
export function agentStoreContract(name: string, open: OpenShelves): void {
  describe(`agents kept in ${name}`, () => {
    it("finds what was inserted, with and without a mandate", async () => {
      const { shelf } = await open()
      const agents = [
        foundAgent(),
        foundAgent({ state: "active", owner: id("user"), mandate: mandate() }),
        foundAgent({ state: "proposed", owner: id("user"), mandate: mandate({ approvedBy: id("user") }) }),
      ]
      for (const agent of agents) await insert(shelf, agent)
      for (const agent of agents) assert.deepEqual(await find(shelf, agent.id), agent)
    })

    it("answers undefined where there is no such agent", async () => {
      const { shelf } = await open()
      assert.equal(await find(shelf, id("agent")), undefined)
    })

    it("answers an agent with its owner, who is not there where nobody is or the directory knows nobody", async () => {
      const { shelf, stranger } = await open()
      const owner: User = {
        id: id("user"),
        name: "Ada",
        email: "Ada@example.test",
        role: "member",
        active: true,
        createdAt: NOW,
        manager: id("user"),
      }
      const [owned, nobodys, unknown] = [
        foundAgent({ state: "active", owner: owner.id, mandate: mandate() }),
        foundAgent(),
        foundAgent({ owner: id("user") }),
      ]
      await shelf.transact(({ users }) => users.insert(owner))
      for (const agent of [owned, nobodys, unknown]) await insert(shelf, agent)
      const findOwned = (of: Shelf, agent: Id<"agent">) =>
        of.snapshot(({ agents }) => agents.findOwned(agent))
      assert.deepEqual(await findOwned(shelf, owned.id), { agent: owned, owner })
      assert.deepEqual(await findOwned(shelf, nobodys.id), { agent: nobodys, owner: undefined })
      assert.deepEqual(await findOwned(shelf, unknown.id), { agent: unknown, owner: undefined })
      assert.equal(await findOwned(shelf, id("agent")), undefined)
      assert.equal(await findOwned(stranger, owned.id), undefined)
    })

    it("answers the agents of many ids, and leaves out one that is not here", async () => {
      const { shelf, stranger } = await open()
      const many = ids("agent", 1_200)
      await shelf.transact(async ({ agents }) => {
        for (const agent of many) await agents.insert(foundAgent({ id: agent }))
      })
      const all = [...many, id("agent")]
      const found = await shelf.snapshot(({ agents }) => agents.findAll(all))
      assert.deepEqual(found.map((agent) => agent.id).toSorted(), many)
      assert.deepEqual(await shelf.snapshot(({ agents }) => agents.findAll([])), [])
      assert.deepEqual(await stranger.snapshot(({ agents }) => agents.findAll(all)), [])
    })

    it("lists for a person what they own, help with or are asked to take on, and nothing else", async () => {
      const { shelf, stranger } = await open()
      const ada = id("user")
      const [owned, helped, offered] = [foundAgent({ owner: ada }), foundAgent(), foundAgent()]
      for (const agent of [owned, helped, offered, foundAgent({ owner: id("user") })])
        await insert(shelf, agent)
      const by = id("user")
      await shelf.transact(({ maintainers }) =>
        maintainers.add({ agent: helped.id, user: ada, addedBy: by, addedAt: NOW }),
      )
      const offer = { id: id("offer"), agent: offered.id, to: ada, by, note: null, terms: null }
      const state = { kind: "pending" } as const
      await shelf.transact(({ offers }) =>
        offers.insert({ ...offer, offeredAt: NOW, expiresAt: later(10), state }),
      )
      const list = (of: Shelf, user = ada) =>
        of.snapshot(({ agents }) => agents.list({ answeredBy: user, limit: 10 }))
      const listed = (await list(shelf)).map((agent) => agent.id)
      assert.deepEqual(listed, [owned.id, helped.id, offered.id].toSorted())
      assert.deepEqual(await list(shelf, id("user")), [])
      assert.deepEqual(await list(stranger), [])
      await shelf.transact(({ offers }) => offers.end(offer.id, "declined", NOW))
      assert.equal((await list(shelf)).length, 2)
    })

    it("answers who each of many agents is listed for, and for nobody in another organisation", async () => {
      const { shelf, stranger } = await open()
      const [ada, bob, cid] = [id("user"), id("user"), id("user")]
      const [owned, teamed, offered, alone] = [
        foundAgent({ owner: ada }),
        foundAgent({ owner: ada }),
        foundAgent(),
        foundAgent(),
      ]
      for (const agent of [owned, teamed, offered, alone]) await insert(shelf, agent)
      const team = { id: id("team"), name: "Web", externalName: null, keptBy: "people", lead: null } as const
      const offer = { id: id("offer"), agent: offered.id, to: cid, by: ada, note: null, terms: null }
      await shelf.transact(async ({ maintainers, offers, teams }) => {
        await maintainers.add({ agent: owned.id, user: bob, addedBy: ada, addedAt: NOW })
        await teams.add({ ...team, createdAt: NOW })
        await teams.join({ team: team.id, user: cid, joinedAt: NOW })
        await maintainers.addTeam({ agent: teamed.id, team: team.id, addedBy: ada, addedAt: NOW })
        await offers.insert({ ...offer, offeredAt: NOW, expiresAt: later(10), state: { kind: "pending" } })
      })
      const every = [owned, teamed, offered, alone].map((agent) => agent.id)
      const answering = (of: Shelf) => of.snapshot(({ agents }) => agents.answering([...every, id("agent")]))
      assert.deepEqual(
        await answering(shelf),
        new Map([
          [owned.id, new Set([ada, bob])],
          [teamed.id, new Set([ada, cid])],
          [offered.id, new Set([cid])],
        ]),
      )
      for (const user of [ada, bob, cid]) {
        const listed = await shelf.snapshot(({ agents }) => agents.list({ answeredBy: user, limit: 10 }))
        const told = every.filter((agent) => listed.some((one) => one.id === agent))
        const people = await answering(shelf)
        assert.deepEqual(
          every.filter((agent) => people.get(agent)?.has(user)),
          told,
        )
      }
      assert.deepEqual(await answering(stranger), new Map())
      assert.deepEqual(await shelf.snapshot(({ agents }) => agents.answering([])), new Map())
    })

    it("rejects an id that is taken, also by an agent that was retired", async () => {
      const { shelf } = await open()
      const retired = await insert(shelf, foundAgent({ state: "retired" }))
      await assert.rejects(insert(shelf, foundAgent({ id: retired.id })))
      assert.deepEqual(await find(shelf, retired.id), retired)
    })

    it("keeps many at once, or none where one of their ids is taken", async () => {
      const { shelf } = await open()
      const many = ids("agent", 700).map((agent) => foundAgent({ id: agent }))
      await shelf.transact(({ agents }) => agents.insertAll(many))
      const [first = foundAgent()] = many
      await assert.rejects(shelf.transact(({ agents }) => agents.insertAll([foundAgent(), first])))
      assert.deepEqual(await shelf.snapshot(({ agents }) => agents.countByState()), { discovered: 700 })
    })

    it("lets exactly one of many make an agent that nobody adopted an alias, which is listed and counted no more", async () => {
      const { shelf } = await open()
      const [here, alias, gone] = [foundAgent(), foundAgent(), foundAgent()]
      for (const agent of [here, alias, gone]) await insert(shelf, agent)
      const merge = (from: Agent, into: Agent) =>
        shelf.transact(({ agents }) => agents.mergeAway(from.id, into.id))
      assert.equal(won(await atOnce(() => merge(gone, alias))), 1)
      assert.equal(won(await atOnce(() => merge(alias, here))), 1)
      assert.equal(await merge(here, alias), false)
      assert.equal(await merge(here, here), false)
      await shelf.snapshot(async ({ agents }) => {
        assert.deepEqual(await agents.list({ limit: 10 }), [here])
        assert.deepEqual(await agents.countByState(), { discovered: 1 })
        assert.equal((await agents.find(alias.id))?.state, "dismissed")
        const all = [here.id, alias.id, gone.id]
        assert.deepEqual(
          await agents.mergedInto(all),
          new Map([
            [alias.id, here.id],
            [gone.id, here.id],
          ]),
        )
        assert.deepEqual((await agents.aliasesOf([here.id])).get(here.id), [alias.id, gone.id].toSorted())
        assert.equal(await agents.countDiscoveredBy(later(1)), 1)
      })
    })

    it("makes no alias of what was adopted, nor one of what is hidden, over or not here", async () => {
      const { shelf, stranger } = await open()
      const [here, other] = [foundAgent(), foundAgent()]
      for (const agent of [here, other]) await insert(shelf, agent)
      const merge = (from: Agent, into: Agent, by = shelf) =>
        by.transact(({ agents }) => agents.mergeAway(from.id, into.id))
      for (const state of ["active", "suspended", "quarantined", "retiring", "retired"] as const) {
        const adopted = await insert(shelf, foundAgent({ state, owner: id("user"), mandate: mandate() }))
        assert.equal(await merge(adopted, here), false)
      }
      for (const state of ["dismissed", "retiring", "retired"] as const)
        assert.equal(await merge(other, await insert(shelf, foundAgent({ state }))), false)
      assert.equal(await merge(other, foundAgent()), false)
      assert.equal(await merge(other, here, stranger), false)
      assert.deepEqual(await find(shelf, other.id), other)
    })

    it("lets exactly one of many make an alias an agent again, discovered and nobody's", async () => {
      const { shelf, stranger } = await open()
      const here = await insert(shelf, foundAgent())
      const proposed = foundAgent({ state: "proposed", owner: id("user"), mandate: mandate() })
      const alias = await insert(shelf, proposed)
      await shelf.transact(({ agents }) => agents.mergeAway(alias.id, here.id))
      const split = (from: Agent, by = shelf) =>
        by.transact(({ agents }) => agents.splitOff(alias.id, from.id))
      assert.equal(await split(foundAgent()), false)
      assert.equal(await split(here, stranger), false)
      assert.equal(won(await atOnce(() => split(here))), 1)
      assert.deepEqual(await find(shelf, alias.id), foundAgent({ id: alias.id }))
      assert.deepEqual(await shelf.snapshot(({ agents }) => agents.mergedInto([alias.id])), new Map())
    })

    it("moves, reopens and takes no alias", async () => {
      const { shelf } = await open()
      const [here, alias] = [await insert(shelf, foundAgent()), await insert(shelf, foundAgent())]
      const answers = await shelf.transact(async ({ agents }) => {
        await agents.mergeAway(alias.id, here.id)
        return [
          await agents.move(alias.id, ["dismissed"], "discovered"),
          await agents.reopen(alias.id),
          await agents.assign(alias.id, id("user"), mandate()),
          await agents.take(alias.id, id("user"), mandate()),
        ]
      })
      assert.deepEqual(answers, [false, false, false, false])
    })

    it("lists by state and owner, in the order of ids, from an id on, and no more than asked", async () => {
      const { shelf } = await open()
      const owner = id("user")
      const [a, b, c] = ids("agent", 3).map((agent) => foundAgent({ id: agent, owner })) as [
        Agent,
        Agent,
        Agent,
      ]
      for (const agent of [c, a, b]) await insert(shelf, agent)
      await insert(shelf, foundAgent({ state: "dismissed" }))

      const list = (query: object) => shelf.snapshot(({ agents }) => agents.list({ limit: 10, ...query }))
      assert.deepEqual(await list({ owner }), [a, b, c])
      assert.deepEqual(await list({ state: "discovered", after: a.id }), [b, c])
      assert.deepEqual(await list({ state: "discovered", limit: 2 }), [a, b])
      assert.equal((await list({})).length, 4)
      await assert.rejects(list({ limit: 0 }), RangeError)
      await assert.rejects(list({ limit: 1_001 }), RangeError)
    })

    it("lists by tier, by the category that holds and by the band of the newest score", async () => {
      const { shelf } = await open()
      const [a, b, c, gone] = ids("agent", 4).map((agent) => foundAgent({ id: agent })) as [
        Agent,
        Agent,
        Agent,
        Agent,
      ]
      const bound = { ...b, state: "active", owner: id("user"), mandate: mandate() } as const
      for (const agent of [a, bound, c, { ...gone, state: "retired" } as const]) await insert(shelf, agent)
      const said = { name: "category", kind: "observed", source: "a scan", at: NOW } as const
      const scored = (agent: Agent, score: number, at = NOW) => ({
        agent: agent.id,
        at,
        score,
        low: 0,
        high: 100,
        sides: null,
      })
      await shelf.transact(async ({ facts, risks }) => {
        await facts.put({ ...said, subject: a.id, value: "local" })
        await facts.put({ ...said, subject: b.id, value: "local" })
        await facts.put({ ...said, subject: b.id, kind: "declared", value: "chatbot", at: later(-1) })
        await risks.putAll([scored(a, 44, later(1)), scored(b, 45, later(1)), scored(gone, 45)])
        await risks.putAll([scored(a, 100), scored(b, 0)])
      })
      const list = async (query: object): Promise<readonly string[]> =>
        (await shelf.snapshot(({ agents }) => agents.list({ limit: 10, ...query }))).map((one) => one.id)
      assert.deepEqual(await list({ category: "local" }), [a.id])
      assert.deepEqual(await list({ category: "chatbot" }), [b.id])
      assert.deepEqual(await list({ category: "unknown" }), [c.id, gone.id], "where nobody said anything")
      assert.deepEqual(await list({ category: "production" }), [])
      assert.deepEqual(await list({ tier: "transactional" }), [b.id])
      assert.deepEqual(await list({ tier: "operator" }), [])
      assert.deepEqual(await list({ band: "medium" }), [a.id], "up to the score below the next band")
      assert.deepEqual(await list({ band: "high" }), [b.id], "and of what is scored alone")
      assert.deepEqual([await list({ band: "low" }), await list({ band: "critical" })], [[], []])
    })

    it("counts how many stand in each state", async () => {
      const { shelf } = await open()
      await insert(shelf, foundAgent())
      await insert(shelf, foundAgent())
      await insert(shelf, foundAgent({ state: "retired" }))
      assert.deepEqual(await shelf.snapshot(({ agents }) => agents.countByState()), {
        discovered: 2,
        retired: 1,
      })
    })

    it("counts the agents of each category by the word that holds, and none that has ended", async () => {
      const { shelf, stranger } = await open()
      const [seen, corrected, nobody] = [foundAgent(), foundAgent(), foundAgent()]
      const dismissed = foundAgent({ state: "dismissed" })
      for (const agent of [seen, corrected, nobody, dismissed]) await insert(shelf, agent)
      const said = { name: "category", kind: "observed", source: "a scan", at: NOW } as const
      await shelf.transact(async ({ facts }) => {
        for (const { id: subject } of [seen, corrected, dismissed])
          await facts.put({ ...said, subject, value: "local" })
        await facts.put({ ...said, subject: seen.id, source: "older", value: "chatbot", at: later(-1) })
        await facts.put({
          ...said,
          subject: corrected.id,
          kind: "declared",
          value: "production",
          at: later(-1),
        })
      })
      assert.deepEqual(await shelf.snapshot(({ agents }) => agents.countByCategory()), {
        local: 1,
        production: 1,
      })
      assert.deepEqual(await stranger.snapshot(({ agents }) => agents.countByCategory()), {})
    })

    it("lets exactly one of many moves out of one state win", async () => {
      const { shelf } = await open()
      const agent = await insert(shelf, foundAgent({ state: "active" }))
      const moves = await atOnce((turn) =>
        shelf.transact(({ agents }) =>
          agents.move(agent.id, ["active"], turn % 2 === 0 ? "suspended" : "quarantined"),
        ),
      )
      assert.equal(won(moves), 1)
    })

    it("lets exactly one of many equal moves win where the goal is among the states moved from", async () => {
      const { shelf } = await open()
      const agent = await insert(shelf, foundAgent({ state: "active" }))
      const moves = await atOnce(() =>
        shelf.transact(({ agents }) => agents.move(agent.id, ["active", "suspended"], "suspended")),
      )
      assert.equal(won(moves), 1)
    })

    it("moves and assigns the one agent that was named", async () => {
      const { shelf } = await open()
      const [named, bystander] = [await insert(shelf, foundAgent()), await insert(shelf, foundAgent())]
      await shelf.transact(async ({ agents }) => {
        assert.equal(await agents.assign(named.id, id("user"), mandate()), true)
        assert.equal(await agents.move(named.id, ["discovered"], "proposed"), true)
      })
      assert.deepEqual(await find(shelf, bystander.id), bystander)
      assert.equal((await find(shelf, named.id))?.state, "proposed")
    })

    it("moves nothing out of a state that was not named", async () => {
      const { shelf } = await open()
      const agent = await insert(shelf, foundAgent({ state: "retired" }))
      const move = (from: readonly Agent["state"][]) =>
        shelf.transact(({ agents }) => agents.move(agent.id, from, "active"))
      assert.equal(await move(["suspended", "proposed"]), false)
      assert.equal(await move([]), false)
      assert.deepEqual(await find(shelf, agent.id), agent)
    })

    it("assigns owner and mandate to a discovered or proposed agent, and to no other", async () => {
      const { shelf } = await open()
      const owner = id("user")
      const assign = (agent: Agent) =>
        shelf.transact(({ agents }) => agents.assign(agent.id, owner, mandate()))
      for (const state of ["discovered", "proposed"] as const) {
        const agent = await insert(shelf, foundAgent({ state }))
        assert.equal(await assign(agent), true)
        assert.deepEqual(await find(shelf, agent.id), { ...agent, owner, mandate: mandate() })
      }
      for (const state of [
        "active",
        "suspended",
        "quarantined",
        "retiring",
        "retired",
        "dismissed",
      ] as const) {
        const agent = await insert(shelf, foundAgent({ state }))
        assert.equal(await assign(agent), false)
        assert.deepEqual(await find(shelf, agent.id), agent)
      }
    })

    it("tells agents that no active person owns from those that somebody does or need not", async () => {
      const { shelf, stranger } = await open()
      const [ada, left] = [id("user"), id("user")]
      for (const [user, active] of [
        [ada, true],
        [left, false],
      ] as const) {
        await shelf.transact(({ users }) =>
          users.insert({
            id: user,
            name: "Ada",
            email: `${user}@a.test`,
            role: "member",
            active,
            createdAt: NOW,
          }),
        )
      }
      const orphaned = [
        await insert(shelf, foundAgent()),
        await insert(shelf, foundAgent({ state: "active", owner: left })),
        await insert(shelf, foundAgent({ state: "retiring", owner: id("user") })),
      ]
      const others = [
        await insert(shelf, foundAgent({ owner: ada })),
        await insert(shelf, foundAgent({ state: "dismissed" })),
        await insert(shelf, foundAgent({ state: "retired", owner: left })),
      ]
      const list = async (which: boolean) =>
        (await shelf.snapshot(({ agents }) => agents.list({ limit: 10, orphaned: which }))).map(
          (agent) => agent.id,
        )
      assert.deepEqual(await list(true), orphaned.map((agent) => agent.id).toSorted())
      assert.deepEqual(await list(false), others.map((agent) => agent.id).toSorted())
      assert.equal(await shelf.snapshot(({ agents }) => agents.countOrphaned()), 3)
      assert.equal(await stranger.snapshot(({ agents }) => agents.countOrphaned()), 0)
    })

    it("lets exactly one of many renew a mandate, for its owner, while the agent stands", async () => {
      const { shelf, stranger } = await open()
      const owner = id("user")
      const kept = mandate()
      const another = mandate({ expiresAt: later(120_000) })
      const now = { owner, ends: kept.expiresAt }
      for (const state of ["active", "suspended", "quarantined"] as const) {
        const agent = await insert(shelf, foundAgent({ state, owner, mandate: kept }))
        const renew = (of: Shelf, was: typeof now) =>
          of.transact(({ agents }) => agents.renew(agent.id, was, another))
        assert.equal(await renew(stranger, now), false)
        assert.equal(await renew(shelf, { ...now, owner: id("user") }), false)
        assert.equal(await renew(shelf, { ...now, ends: NOW }), false)
        assert.equal(won(await atOnce(() => renew(shelf, now))), 1)
        const found = await find(shelf, agent.id)
        assert.deepEqual([found?.state, found?.mandate], [state, another])
      }
      for (const state of ["proposed", "retiring", "retired", "dismissed"] as const) {
        const agent = await insert(shelf, foundAgent({ state, owner, mandate: kept }))
        assert.equal(await shelf.transact(({ agents }) => agents.renew(agent.id, now, another)), false)
      }
    })

    it("tells agents that were discovered by a moment, and are so still", async () => {
      const { shelf, stranger } = await open()
      const early = await insert(shelf, foundAgent())
      await insert(shelf, foundAgent({ createdAt: later(1) }))
      await insert(shelf, foundAgent({ state: "dismissed" }))
      const list = await shelf.snapshot(({ agents }) => agents.list({ limit: 10, discoveredBy: NOW }))
      assert.deepEqual(list, [early])
      assert.equal(await shelf.snapshot(({ agents }) => agents.countDiscoveredBy(NOW)), 1)
      assert.equal(await stranger.snapshot(({ agents }) => agents.countDiscoveredBy(NOW)), 0)
    })

    it("lets exactly one of many take on an agent that nobody took on yet", async () => {
      const { shelf, stranger } = await open()
      for (const state of ["discovered", "proposed"] as const) {
        const agent = await insert(shelf, foundAgent({ state }))
        assert.equal(
          await stranger.transact(({ agents }) => agents.take(agent.id, id("user"), mandate())),
          false,
        )
        const taken = await atOnce(() =>
          shelf.transact(({ agents }) => agents.take(agent.id, id("user"), mandate())),
        )
        assert.equal(won(taken), 1)
        const found = await find(shelf, agent.id)
        assert.deepEqual([found?.state, found?.mandate], ["proposed", mandate()])
      }
      const others = [
        foundAgent({ state: "proposed", owner: id("user"), mandate: mandate() }),
        ...(["active", "suspended", "quarantined", "retiring", "retired", "dismissed"] as const).map(
          (state) => foundAgent({ state }),
        ),
      ]
      for (const agent of others) {
        await insert(shelf, agent)
        assert.equal(
          await shelf.transact(({ agents }) => agents.take(agent.id, id("user"), mandate())),
          false,
        )
        assert.deepEqual(await find(shelf, agent.id), agent)
      }
    })

    it("hands an agent over to exactly one of many, from the owner that was named alone", async () => {
      const { shelf, stranger } = await open()
      const [owner, to] = [id("user"), id("user")]
      const owned = await insert(shelf, foundAgent({ state: "active", owner, mandate: mandate() }))
      const free = await insert(shelf, foundAgent())
      const handOver = (agent: Agent, from: Agent["owner"], next: Id<"user"> = to) =>
        shelf.transact(({ agents }) => agents.handOver(agent.id, from, next, later(7)))
      assert.equal(await handOver(owned, null), false)
      assert.equal(await handOver(owned, id("user")), false)
      assert.equal(await handOver(owned, owner, owner), false)
      assert.equal(await handOver(free, owner), false)
      assert.equal(await stranger.transact(({ agents }) => agents.handOver(owned.id, owner, to, NOW)), false)

      assert.equal(won(await atOnce(() => handOver(owned, owner, id("user")))), 1)
      assert.deepEqual((await find(shelf, owned.id))?.mandate, mandate({ acceptedAt: later(7) }))
      assert.equal(await handOver(free, null), true)
      assert.deepEqual(await find(shelf, free.id), { ...free, owner: to })
      for (const state of ["dismissed", "retiring", "retired"] as const)
        assert.equal(await handOver(await insert(shelf, foundAgent({ state })), null), false)
    })

    it("reopens a dismissed agent once, as nobody's and without a mandate", async () => {
      const { shelf, stranger } = await open()
      const dismissed = foundAgent({ state: "dismissed", owner: id("user"), mandate: mandate() })
      const { id: agent } = await insert(shelf, dismissed)
      assert.equal(await stranger.transact(({ agents }) => agents.reopen(agent)), false)
      assert.equal(won(await atOnce(() => shelf.transact(({ agents }) => agents.reopen(agent)))), 1)
      assert.deepEqual(await find(shelf, agent), {
        ...dismissed,
        state: "discovered",
        owner: null,
        mandate: null,
      })
    })

    it("answers the active agents whose mandate has ended", async () => {
      const { shelf } = await open()
      const ended = (differs: Partial<Agent>) =>
        insert(shelf, foundAgent({ state: "active", mandate: mandate({ expiresAt: later(-1) }), ...differs }))
      const due = await ended({})
      await ended({ state: "suspended" })
      await ended({ mandate: mandate({ expiresAt: later(1) }) })
      const expired = (limit: number) => shelf.snapshot(({ agents }) => agents.expired(NOW, limit))
      assert.deepEqual(await expired(10), [due])
      await ended({})
      assert.equal((await expired(1)).length, 1)
    })

    it("refuses half a mandate and a tier that the organisation does not have", async () => {
      const { shelf } = await open()
      const strange = { ...mandate(), tier: "no-such-tier" } as unknown as Mandate
      await assert.rejects(insert(shelf, foundAgent({ mandate: strange })))
    })

    it("shows nothing to another organisation, and lets it move nothing", async () => {
      const { shelf, stranger } = await open()
      const agent = await insert(shelf, foundAgent())
      await stranger.transact(async ({ agents }) => {
        assert.equal(await agents.find(agent.id), undefined)
        assert.deepEqual(await agents.list({ limit: 10 }), [])
        assert.deepEqual(await agents.countByState(), {})
        assert.equal(await agents.move(agent.id, ["discovered"], "active"), false)
        assert.equal(await agents.assign(agent.id, id("user"), mandate()), false)
        assert.deepEqual(await agents.expired(later(1e12), 10), [])
      })
      assert.deepEqual(await find(shelf, agent.id), agent)
      await insert(stranger, foundAgent({ id: agent.id, state: "dismissed" }))
      assert.deepEqual(await find(shelf, agent.id), agent)
    })
  })
}

async function insert(shelf: Shelf, agent: Agent): Promise<Agent> {
  await shelf.transact(({ agents }) => agents.insert(agent))
  return agent
}

function find(shelf: Shelf, agent: Agent["id"]): Promise<Agent | undefined> {
  return shelf.snapshot(({ agents }) => agents.find(agent))
}

const PROPOSER = id("user")

function mandate(differs: Partial<Mandate> = {}): Mandate {
  return {
    purpose: "keeps the notes tidy",
    tier: "transactional",
    expiresAt: later(60_000),
    proposedBy: PROPOSER,
    acceptedAt: NOW,
    oversight: "two-person",
    approvedBy: null,
    ...differs,
  }
}
