import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id } from "@tabard/core"
import { atOnce, id, later, NOW, type OpenShelves } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { ChannelId, Delivery, DeliveryOutcome, DeliveryStore } from "./delivery-store.ts"

/** What every DeliveryStore promises. */
export function deliveryStoreContract(name: string, open: OpenShelves): void {
  describe(`deliveries kept in ${name}`, () => {
    it("keeps one for each notification and channel", async () => {
      const { shelf } = await open()
      const one = delivery()
      const other = delivery({ notification: one.notification, channel: id("channel"), to: null })
      await add(shelf, one, { ...delivery(), notification: one.notification }, other)
      await add(shelf, { ...delivery(), notification: one.notification })
      assert.deepEqual(await list(shelf, "email"), [one])
      assert.deepEqual(await list(shelf, other.channel), [other])
    })

    it("is taken up by exactly one of many, when it is due, and counted as a try", async () => {
      const { shelf } = await open()
      const [one, late, digest] = [delivery(), delivery({ due: later(5) }), delivery({ digest: true })]
      await add(shelf, one, late, digest, delivery({ channel: id("channel") }))
      const taken = await atOnce(() => claim(shelf, "email"))
      assert.deepEqual(taken.flat(), [{ ...one, tries: 1, due: later(100) }])
    })

    it("is known to be due by its channel", async () => {
      const { shelf, stranger } = await open()
      const channel = id("channel")
      await add(shelf, delivery(), delivery({ digest: true }), delivery({ channel, to: null, due: later(5) }))
      const dueIn = (now: Date, of = shelf) => of.snapshot(({ deliveries }) => deliveries.dueIn(now))
      assert.deepEqual(await dueIn(later(-1)), [])
      assert.deepEqual(await dueIn(NOW), ["email"])
      assert.deepEqual((await dueIn(later(5))).toSorted(), [channel, "email"].toSorted())
      assert.deepEqual(await dueIn(later(5), stranger), [])
    })

    it("is taken up again where nothing came of it in time", async () => {
      const { shelf } = await open()
      await add(shelf, delivery())
      await claim(shelf, "email")
      assert.deepEqual(await claim(shelf, "email", later(99)), [])
      assert.deepEqual(
        (await claim(shelf, "email", later(100))).map(({ tries }) => tries),
        [2],
      )
    })

    it("takes the earliest up first, and no more than asked", async () => {
      const { shelf } = await open()
      await add(shelf, ...[3, 1, 2].map((ms) => delivery({ due: later(ms) })))
      const all = await list(shelf, "email")
      const claimed = await shelf.transact(({ deliveries }) =>
        deliveries.claim("email", { now: later(9), until: later(99), limit: 2 }),
      )
      const early = all.filter(({ due }) => due < later(3)).map((one) => one.id)
      assert.deepEqual(claimed.map((one) => one.id).toSorted(), early.toSorted())
    })

    it("takes up one person's digest whole, the longest waiting first", async () => {
      const { shelf } = await open()
      const [ann, bob] = [id("user"), id("user")]
      const ann2 = [
        delivery({ to: ann, digest: true, due: later(1) }),
        delivery({ to: ann, digest: true, due: later(3) }),
      ]
      await add(shelf, ...ann2, delivery({ to: bob, digest: true, due: later(2) }), delivery({ to: ann }))
      const take = () =>
        shelf.transact(({ deliveries }) =>
          deliveries.claimDigest({ now: later(9), until: later(99), limit: 100 }),
        )
      const taken = await atOnce(take)
      const persons = taken.filter((one) => one.length > 0).map((one) => new Set(one.map(({ to }) => to)))
      assert.deepEqual(
        persons.map((one) => one.size),
        [1, 1],
      )
      assert.equal(taken.flat().length, 3)
    })

    for (const outcome of [
      { kind: "sent", at: later(7) },
      { kind: "dropped", at: later(7), said: "not so any more" },
      { kind: "failed", at: later(7), said: "it answered 500" },
    ] as const) {
      it(`ends as ${outcome.kind}, once, and is not taken up again`, async () => {
        const { shelf } = await open()
        await add(shelf, delivery())
        const [one] = await claim(shelf, "email")
        assert.ok(one)
        assert.equal(await settle(shelf, one, outcome), true)
        assert.equal(await settle(shelf, one, outcome), false)
        assert.deepEqual(await claim(shelf, "email", later(1000)), [])
        const [ended] = await list(shelf, "email")
        assert.deepEqual([ended?.state, ended?.endedAt], [outcome.kind, later(7)])
        assert.equal(ended?.said, "said" in outcome ? outcome.said : null)
      })
    }

    it("is not settled by who took it up before another did", async () => {
      const { shelf } = await open()
      await add(shelf, delivery())
      const [first] = await claim(shelf, "email")
      const [second] = await claim(shelf, "email", later(100))
      assert.ok(first && second)
      assert.equal(await settle(shelf, first, { kind: "sent", at: NOW }), false)
      assert.equal(await settle(shelf, second, { kind: "again", due: later(300), said: "it is slow" }), true)
      assert.deepEqual(await claim(shelf, "email", later(299)), [])
      assert.equal((await claim(shelf, "email", later(300)))[0]?.said, "it is slow")
    })

    it("is tried anew where it failed, and only then", async () => {
      const { shelf } = await open()
      await add(shelf, delivery())
      const [one] = await claim(shelf, "email")
      assert.ok(one)
      const again = () => shelf.transact(({ deliveries }) => deliveries.again(one.id, later(8)))
      assert.equal(await again(), undefined)
      await settle(shelf, one, { kind: "failed", at: later(7), said: "x" })
      assert.equal((await atOnce(again)).filter(Boolean).length, 1)
      assert.equal((await claim(shelf, "email", later(8)))[0]?.tries, 1)
    })

    it("is listed the newest first, by state and in pages, and counted where it waits or failed", async () => {
      const { shelf } = await open()
      const all = [delivery(), delivery(), delivery()].toSorted((a, b) => (a.id < b.id ? 1 : -1))
      await add(shelf, ...all)
      const [newest, , oldest] = all
      assert.ok(newest && oldest)
      assert.deepEqual(await list(shelf, "email", { after: newest.id }), all.slice(1))
      await claim(shelf, "email")
      await settle(shelf, { id: oldest.id, tries: 1 }, { kind: "failed", at: NOW, said: "x" })
      assert.deepEqual(
        (await list(shelf, "email", { state: "failed" })).map((one) => one.id),
        [oldest.id],
      )
      assert.deepEqual(await shelf.snapshot(({ deliveries }) => deliveries.count()), [
        { channel: "email", state: "failed", deliveries: 1 },
        { channel: "email", state: "pending", deliveries: 2 },
      ])
    })

    it("is dropped with its channel, and forgotten when it is past", async () => {
      const { shelf } = await open()
      const channel = id("channel")
      await add(shelf, delivery({ channel, to: null }), delivery())
      const drop = () => shelf.transact(({ deliveries }) => deliveries.dropAll(channel, NOW, "removed"))
      assert.deepEqual([await drop(), await drop()], [1, 0])
      assert.equal(await shelf.transact(({ deliveries }) => deliveries.prune(later(1))), 1)
      assert.equal((await list(shelf, "email")).length, 1)
    })

    it("is each organisation's own", async () => {
      const { shelf, stranger } = await open()
      const one = delivery()
      await add(shelf, one, delivery({ digest: true }))
      assert.deepEqual(await claim(stranger, "email"), [])
      const digest = { now: NOW, until: later(9), limit: 9 }
      assert.deepEqual(await stranger.transact(({ deliveries }) => deliveries.claimDigest(digest)), [])
      assert.deepEqual(await list(stranger, "email"), [])
      assert.deepEqual(await stranger.snapshot(({ deliveries }) => deliveries.count()), [])
      assert.equal(await settle(stranger, one, { kind: "sent", at: NOW }), false)
      assert.equal(await stranger.transact(({ deliveries }) => deliveries.dropAll("email", NOW, "x")), 0)
      assert.equal((await claim(shelf, "email")).length, 1)
    })
  })
}

function delivery(differs: Partial<Delivery> = {}): Delivery {
  return {
    id: id("delivery"),
    notification: id("notification"),
    channel: "email",
    to: id("user"),
    digest: false,
    state: "pending",
    madeAt: NOW,
    due: NOW,
    tries: 0,
    said: null,
    endedAt: null,
    ...differs,
  }
}

function add(shelf: Shelf, ...all: readonly Delivery[]): Promise<void> {
  return shelf.transact(({ deliveries }) => deliveries.add(all))
}

function claim(shelf: Shelf, channel: ChannelId, now: Date = NOW): Promise<readonly Delivery[]> {
  const until = new Date(now.getTime() + 100)
  return shelf.transact(({ deliveries }) => deliveries.claim(channel, { now, until, limit: 100 }))
}

function settle(
  shelf: Shelf,
  one: { id: Id<"delivery">; tries: number },
  outcome: DeliveryOutcome,
): Promise<boolean> {
  return shelf.transact(({ deliveries }) => deliveries.settle(one, outcome))
}

function list(
  shelf: Shelf,
  channel: ChannelId,
  query: Partial<Parameters<DeliveryStore["list"]>[0]> = {},
): Promise<readonly Delivery[]> {
  return shelf.snapshot(({ deliveries }) => deliveries.list({ limit: 100, ...query, channel }))
}
