import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id, OwnershipOffer } from "@tabard/core"
import { atOnce, id, ids, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"

/** What every OfferStore promises. */
export function offerStoreContract(name: string, open: OpenShelves): void {
  describe(`offers of ownership kept in ${name}`, () => {
    it("finds what was inserted, with and without terms and note", async () => {
      const { shelf } = await open()
      const terms = {
        purpose: "1.50 \u00e9",
        tier: "operator",
        expiresAt: later(9),
        proposedBy: id("user"),
      } as const
      const offers = [
        offer(),
        offer({ terms, note: "please" }),
        offer({ state: { kind: "expired", at: later(8) } }),
      ]
      for (const one of offers) await insert(shelf, one)
      for (const one of offers) assert.deepEqual(await find(shelf, one.id), one)
      assert.equal(await find(shelf, id("offer")), undefined)
    })

    it("rejects an id that is taken, and a second offer of one agent while the first is pending", async () => {
      const { shelf } = await open()
      const first = await insert(shelf, offer())
      await assert.rejects(insert(shelf, offer({ id: first.id })))
      await assert.rejects(insert(shelf, offer({ agent: first.agent })))
      await shelf.transact(({ offers }) => offers.end(first.id, "declined", NOW))
      await insert(shelf, offer({ agent: first.agent }))
    })

    it("inserts many at once, or none where one of them is rejected", async () => {
      const { shelf } = await open()
      const many = Array.from({ length: 1_200 }, () => offer())
      await shelf.transact(({ offers }) => offers.insertAll(many))
      const asked = many.map(({ agent }) => agent)
      assert.equal((await shelf.snapshot(({ offers }) => offers.pendingOf(asked, NOW))).length, 1_200)
      const fresh = offer()
      await assert.rejects(
        shelf.transact(({ offers }) => offers.insertAll([fresh, offer({ agent: asked[0] ?? id("agent") })])),
      )
      assert.equal(await find(shelf, fresh.id), undefined)
      await shelf.transact(({ offers }) => offers.insertAll([]))
    })

    it("lets each of many replace the pending offer of one agent, one after another", async () => {
      const { shelf } = await open()
      const agent = id("agent")
      const kept = await atOnce(() =>
        shelf.transact(async ({ offers }) => {
          await offers.withdraw([agent], NOW)
          const next = offer({ agent })
          await offers.insertAll([next])
          return next.id
        }),
      )
      const found = await shelf.snapshot(({ offers }) => offers.pendingOf([agent], NOW))
      assert.equal(found.length, 1)
      assert.ok(found.every((one) => kept.includes(one.id)))
    })

    it("answers the offers of many agents that could still be accepted", async () => {
      const { shelf } = await open()
      const agents = ids("agent", 1_200)
      await shelf.transact(async ({ offers }) => {
        for (const agent of agents) await offers.insert(offer({ agent }))
      })
      const over = await insert(shelf, offer({ expiresAt: NOW }))
      const declined = await insert(shelf, offer())
      await shelf.transact(({ offers }) => offers.end(declined.id, "declined", NOW))
      const asked = [...agents, over.agent, declined.agent, id("agent")]
      const found = await shelf.snapshot(({ offers }) => offers.pendingOf(asked, NOW))
      assert.deepEqual(found.map(({ agent }) => agent).toSorted(), agents)
    })

    it("answers the offers to one person that could still be accepted, the oldest first and no more than asked", async () => {
      const { shelf } = await open()
      const to = id("user")
      const [second, first] = [offer({ to, offeredAt: later(2) }), offer({ to, offeredAt: later(1) })]
      for (const one of [second, first, offer({ to, expiresAt: NOW }), offer()]) await insert(shelf, one)
      const list = (limit: number, after?: OwnershipOffer) =>
        shelf.snapshot(({ offers }) => offers.pendingTo(to, NOW, { limit, ...(after && { after }) }))
      assert.deepEqual(await list(10), [first, second])
      assert.deepEqual(await list(1), [first])
      assert.deepEqual(await list(10, first), [second])
    })

    it("lets exactly one of many answers to an offer win", async () => {
      const { shelf } = await open()
      const { id: offered } = await insert(shelf, offer())
      const answers = await atOnce((turn) =>
        shelf.transact(({ offers }) => offers.end(offered, turn % 2 === 0 ? "accepted" : "declined", NOW)),
      )
      assert.equal(won(answers), 1)
      assert.notEqual((await find(shelf, offered))?.state.kind, "pending")
    })

    it("takes no answer after its time, and lets it be withdrawn still", async () => {
      const { shelf } = await open()
      const { id: offered, expiresAt } = await insert(shelf, offer())
      const end = (how: "accepted" | "declined" | "withdrawn") =>
        shelf.transact(({ offers }) => offers.end(offered, how, expiresAt))
      assert.deepEqual(
        [await end("accepted"), await end("declined"), await end("withdrawn")],
        [false, false, true],
      )
      assert.deepEqual((await find(shelf, offered))?.state, { kind: "withdrawn", at: expiresAt })
    })

    it("withdraws the pending offers of the agents that are named, and answers them as they were", async () => {
      const { shelf } = await open()
      const [offered, bystander] = [await insert(shelf, offer()), await insert(shelf, offer())]
      const withdraw = () =>
        shelf.transact(({ offers }) => offers.withdraw([offered.agent, id("agent")], later(1)))
      assert.deepEqual([await withdraw(), await withdraw()], [[offered], []])
      assert.deepEqual((await find(shelf, offered.id))?.state, { kind: "withdrawn", at: later(1) })
      assert.deepEqual(await find(shelf, bystander.id), bystander)
    })

    it("marks what nobody answered in time, once, and no more than asked", async () => {
      const { shelf } = await open()
      const due = [offer({ expiresAt: later(-2) }), offer({ expiresAt: NOW })]
      for (const one of [...due, offer({ expiresAt: later(1) })]) await insert(shelf, one)
      const expire = (limit: number) => shelf.transact(({ offers }) => offers.expire(NOW, limit))
      assert.deepEqual([await expire(1), await expire(9), await expire(9)], [[due[0]], [due[1]], []])
    })

    it("shows nothing to another organisation, and lets it end nothing", async () => {
      const { shelf, stranger } = await open()
      const mine = await insert(shelf, offer())
      await stranger.transact(async ({ offers }) => {
        assert.equal(await offers.find(mine.id), undefined)
        assert.deepEqual(await offers.pendingOf([mine.agent], NOW), [])
        assert.deepEqual(await offers.pendingTo(mine.to, NOW, { limit: 10 }), [])
        assert.equal(await offers.end(mine.id, "accepted", NOW), false)
        assert.deepEqual(await offers.withdraw([mine.agent], NOW), [])
        assert.deepEqual(await offers.expire(later(1e12), 10), [])
        await offers.insert(mine)
      })
      assert.deepEqual(await find(shelf, mine.id), mine)
    })
  })
}

async function insert(shelf: Shelf, one: OwnershipOffer): Promise<OwnershipOffer> {
  await shelf.transact(({ offers }) => offers.insert(one))
  return one
}

function find(shelf: Shelf, offered: Id<"offer">): Promise<OwnershipOffer | undefined> {
  return shelf.snapshot(({ offers }) => offers.find(offered))
}

function offer(differs: Partial<OwnershipOffer> = {}): OwnershipOffer {
  return {
    id: id("offer"),
    agent: id("agent"),
    to: id("user"),
    by: id("user"),
    note: null,
    terms: null,
    offeredAt: NOW,
    expiresAt: later(60_000),
    state: { kind: "pending" },
    ...differs,
  }
}
