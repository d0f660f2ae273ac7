import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id } from "@tabard/core"
import { atOnce, foundAgent, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import { NOTIFICATION_LEASE, type Notification, type NotificationQuery } from "./notification-store.ts"

/** What every NotificationStore promises. */
export function notificationStoreContract(name: string, open: OpenShelves): void {
  describe(`notifications kept in ${name}`, () => {
    it("keeps one for each event, kind and person, the organisation's too, and answers which were new", async () => {
      const { shelf } = await open()
      const [one, organisations] = [notification(), notification({ to: null })]
      const event = one.event
      assert.deepEqual(await add(shelf, one, organisations), [one, organisations])
      const same = { ...notification(), event, to: one.to, kind: one.kind }
      const others = [
        notification({ event, to: one.to, kind: "mandate-over" }),
        notification({ event }),
        notification({ event, to: null }),
      ]
      assert.deepEqual(await add(shelf, same, ...others), others)
      const kept = await atOnce(
        async () => (await add(shelf, notification({ event, to: null, kind: "signed-in" }))).length > 0,
      )
      assert.equal(won(kept), 1)
    })

    it("tells nothing before it is due, and each exactly once", async () => {
      const { shelf } = await open()
      const [early, late] = [notification(), notification({ due: later(10) })]
      await add(shelf, late, early)
      assert.deepEqual(await findAll(shelf, early, late), [])
      const isDue = (now: Date) => shelf.snapshot(({ notifications }) => notifications.isDue(now))
      assert.deepEqual([await isDue(later(-1)), await isDue(NOW)], [false, true])
      assert.deepEqual(await ripen(shelf, NOW), [early])
      assert.deepEqual([await isDue(NOW), await isDue(later(10))], [false, true])
      assert.deepEqual(await findAll(shelf, early, late), [early])
      const answers = await atOnce(() => ripen(shelf, later(10)))
      assert.deepEqual(answers.flat(), [late])
    })

    it("tells the earliest first, and no more than asked", async () => {
      const { shelf } = await open()
      const all = [3, 1, 2].map((ms) => notification({ due: later(ms) }))
      await add(shelf, ...all)
      const due = async (limit: number) =>
        (await shelf.transact(({ notifications }) => notifications.ripen(later(9), limit))).map(
          (one) => one.due,
        )
      assert.deepEqual(await due(2), [later(1), later(2)])
      assert.deepEqual(await due(2), [later(3)])
    })

    it("shows nothing that was taken back", async () => {
      const { shelf } = await open()
      const [one, other] = [notification(), notification()]
      await told(shelf, one, other)
      await shelf.transact(({ notifications }) => notifications.withdraw([one.id]))
      assert.deepEqual(await findAll(shelf, one, other), [other])
      assert.deepEqual(await ripen(shelf, later(9)), [])
    })

    it("lists a person's own, the newest first, in pages, read ones too unless asked otherwise", async () => {
      const { shelf } = await open()
      const to = id("user")
      const [a, b, c] = [1, 3, 2].map((ms) => notification({ to, due: later(ms) }))
      assert.ok(a && b && c)
      await told(shelf, a, b, c, notification(), notification({ to: null }))
      assert.deepEqual(await list(shelf, { to }), [b.id, c.id, a.id])
      assert.deepEqual(await list(shelf, { to, limit: 1 }), [b.id])
      assert.deepEqual(await list(shelf, { to, after: b.id }), [c.id, a.id])
      await read(shelf, to, [c.id])
      assert.deepEqual(await list(shelf, { to, unread: true }), [b.id, a.id])
      await assert.rejects(list(shelf, { to, limit: 0 }))
    })

    it("narrows to what a person may see: no agent, a question to them, or an agent that they answer for", async () => {
      const { shelf } = await open()
      const to = id("user")
      const [own, others] = [foundAgent({ owner: to }), foundAgent()]
      await shelf.transact(({ agents }) => agents.insertAll([own, others]))
      const about = (agent: Id<"agent"> | null, kind: Notification["kind"] = "agent-stopped") =>
        notification({ to, agent, kind })
      const seen = [about(own.id), about(null), about(others.id, "approval-waiting")]
      await told(shelf, ...seen, about(others.id))
      assert.deepEqual(
        (await list(shelf, { to, narrowed: true })).toSorted(),
        seen.map((one) => one.id).toSorted(),
      )
      const count = (query: { narrowed?: true }) =>
        shelf.snapshot(({ notifications }) => notifications.countUnread({ to, ...query }))
      assert.deepEqual([await count({}), await count({ narrowed: true })], [4, 3])
    })

    it("marks a person's own as read, once, those named or all", async () => {
      const { shelf } = await open()
      const to = id("user")
      const [a, b, c] = [notification({ to }), notification({ to }), notification({ to })]
      const another = notification()
      await told(shelf, a, b, c, another)
      assert.equal(await read(shelf, to, [a.id, another.id]), 1)
      assert.equal(await read(shelf, to, [a.id]), 0)
      assert.equal(await read(shelf, to, []), 0)
      assert.equal(await read(shelf, to, "all"), 2)
      assert.deepEqual(
        (await shelf.snapshot(({ notifications }) => notifications.findAll([a.id, another.id])))
          .toSorted((one) => (one.id === a.id ? -1 : 1))
          .map(({ readAt }) => readAt),
        [later(5), null],
      )
    })

    it("moves the place in the record from where it is, under the newest fencing number alone", async () => {
      const { shelf } = await open()
      const place = () => shelf.snapshot(({ notifications }) => notifications.place())
      const move = (from: number | undefined, to: number, fence: number) =>
        shelf.transact(({ notifications }) => notifications.movePlace(from, to, fence))
      assert.equal(await place(), undefined)
      assert.equal(await move(undefined, 3, 1), false)
      const fence = await shelf.transact(({ leases }) => leases.acquire(NOTIFICATION_LEASE, "a", 60_000, NOW))
      assert.ok(fence)
      assert.equal(won(await atOnce(() => move(undefined, 3, fence))), 1)
      assert.equal(await move(2, 5, fence), false)
      assert.equal(await move(3, 5, fence + 1), false)
      assert.equal(won(await atOnce(() => move(3, 5, fence))), 1)
      assert.equal(await place(), 5)
    })

    it("forgets what is past", async () => {
      const { shelf } = await open()
      const [old, fresh] = [notification(), notification({ due: later(5) })]
      await told(shelf, old, fresh)
      assert.equal(await shelf.transact(({ notifications }) => notifications.prune(later(5))), 1)
      assert.deepEqual(await findAll(shelf, old, fresh), [fresh])
    })

    it("shows another organisation nothing, and lets it read and take back nothing", async () => {
      const { shelf, stranger } = await open()
      const to = id("user")
      const one = notification({ to })
      await add(shelf, one)
      assert.deepEqual(await ripen(stranger, later(9)), [])
      assert.equal(await stranger.snapshot(({ notifications }) => notifications.isDue(later(9))), false)
      await ripen(shelf, later(9))
      assert.deepEqual(await findAll(stranger, one), [])
      assert.deepEqual(await list(stranger, { to }), [])
      assert.equal(await read(stranger, to, "all"), 0)
      await stranger.transact(({ notifications }) => notifications.withdraw([one.id]))
      assert.equal(await stranger.transact(({ notifications }) => notifications.prune(later(99))), 0)
      assert.deepEqual(await findAll(shelf, one), [one])
    })
  })
}

function notification(differs: Partial<Notification> = {}): Notification {
  return {
    id: id("notification"),
    kind: "finding-opened",
    event: id("event"),
    to: id("user"),
    agent: null,
    subject: "fnd_1",
    details: { rule: "no-owner" },
    at: NOW,
    due: NOW,
    readAt: null,
    ...differs,
  }
}

function add(shelf: Shelf, ...all: readonly Notification[]): Promise<readonly Notification[]> {
  return shelf.transact(({ notifications }) => notifications.add(all))
}

function ripen(shelf: Shelf, now: Date): Promise<readonly Notification[]> {
  return shelf.transact(({ notifications }) => notifications.ripen(now, 100))
}

async function told(shelf: Shelf, ...all: readonly Notification[]): Promise<void> {
  await add(shelf, ...all)
  await ripen(shelf, later(9))
}

function findAll(shelf: Shelf, ...all: readonly Notification[]): Promise<readonly Notification[]> {
  return shelf.snapshot(({ notifications }) => notifications.findAll(all.map((one) => one.id)))
}

async function list(
  shelf: Shelf,
  query: Omit<NotificationQuery, "limit"> & { limit?: number },
): Promise<readonly Id<"notification">[]> {
  const found = await shelf.snapshot(({ notifications }) => notifications.list({ limit: 100, ...query }))
  return found.map((one) => one.id)
}

function read(shelf: Shelf, to: Id<"user">, ids: readonly Id<"notification">[] | "all"): Promise<number> {
  return shelf.transact(({ notifications }) => notifications.markRead(to, ids, later(5)))
}
