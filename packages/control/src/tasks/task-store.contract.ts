import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Task } from "@tabard/core"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"

/** What every TaskStore promises. */
export function taskStoreContract(name: string, open: OpenShelves): void {
  describe(`tasks kept in ${name}`, () => {
    it("finds what was inserted, and rejects an id that is taken", async () => {
      const { shelf } = await open()
      const tidy = await insert(shelf, task())
      assert.deepEqual(await find(shelf, tidy.id), tidy)
      assert.equal(await find(shelf, id("task")), undefined)
      const found = await shelf.snapshot(({ tasks }) => tasks.findAll([id("task"), tidy.id]))
      assert.deepEqual(found, [tidy])
      await assert.rejects(insert(shelf, task({ id: tidy.id })))
    })

    it("answers an agent's tasks, newest first", async () => {
      const { shelf } = await open()
      const agent = id("agent")
      const first = await insert(shelf, task({ agent }))
      const second = await insert(shelf, task({ agent, openedAt: later(1), closedAt: later(2) }))
      await insert(shelf, task())
      assert.deepEqual(await shelf.snapshot(({ tasks }) => tasks.of(agent, 10)), [second, first])
      assert.deepEqual(await shelf.snapshot(({ tasks }) => tasks.of(agent, 1)), [second])
    })

    it("answers as open what is neither closed nor expired, and as expired what nobody closed in time", async () => {
      const { shelf } = await open()
      const alive = await insert(shelf, task({ expiresAt: later(1) }))
      const ended = await insert(shelf, task({ expiresAt: later(-1) }))
      await insert(shelf, task({ expiresAt: later(1), closedAt: NOW }))
      await insert(shelf, task({ expiresAt: later(-1), closedAt: later(-2) }))
      assert.deepEqual(await shelf.snapshot(({ tasks }) => tasks.open(NOW)), [alive])
      assert.deepEqual(await shelf.snapshot(({ tasks }) => tasks.expired(NOW, 10)), [ended])
      // At the very millisecond of its end a task is not open any more, so it has expired.
      assert.deepEqual(await shelf.snapshot(({ tasks }) => tasks.open(later(1))), [])
      assert.equal((await shelf.snapshot(({ tasks }) => tasks.expired(later(1), 10))).length, 2)
      assert.equal((await shelf.snapshot(({ tasks }) => tasks.expired(later(1), 1))).length, 1)
    })

    it("counts the tasks of many agents that nobody closed, also those whose time is over", async () => {
      const { shelf, stranger } = await open()
      const [one, other] = [id("agent"), id("agent")]
      await insert(shelf, task({ agent: one }))
      await insert(shelf, task({ agent: other, expiresAt: later(-1) }))
      await insert(shelf, task({ agent: other, closedAt: NOW }))
      await insert(shelf, task())
      const count = (of: Shelf, agents: readonly (typeof one)[]) =>
        of.snapshot(({ tasks }) => tasks.countUnclosed(agents))
      assert.equal(await count(shelf, [one, other]), 2)
      assert.equal(await count(shelf, [one]), 1)
      assert.equal(await count(shelf, []), 0)
      assert.equal(await count(stranger, [one, other]), 0)
    })

    it("lets exactly one of many close a task", async () => {
      const { shelf } = await open()
      const tidy = await insert(shelf, task())
      const closed = await atOnce((turn) => shelf.transact(({ tasks }) => tasks.close(tidy.id, later(turn))))
      assert.equal(won(closed), 1)
      assert.deepEqual(await find(shelf, tidy.id), { ...tidy, closedAt: later(closed.indexOf(true)) })
    })

    it("shows nothing to another organisation, and lets it close nothing", async () => {
      const { shelf, stranger } = await open()
      const tidy = await insert(shelf, task())
      await stranger.transact(async ({ tasks }) => {
        assert.equal(await tasks.find(tidy.id), undefined)
        assert.deepEqual(await tasks.findAll([tidy.id]), [])
        assert.deepEqual(await tasks.of(tidy.agent, 10), [])
        assert.deepEqual(await tasks.open(NOW), [])
        assert.deepEqual(await tasks.expired(later(1e9), 10), [])
        assert.equal(await tasks.close(tidy.id, NOW), false)
      })
      assert.deepEqual(await find(shelf, tidy.id), tidy)
    })
  })
}

async function insert(shelf: Shelf, one: Task): Promise<Task> {
  await shelf.transact(({ tasks }) => tasks.insert(one))
  return one
}

function find(shelf: Shelf, one: Task["id"]): Promise<Task | undefined> {
  return shelf.snapshot(({ tasks }) => tasks.find(one))
}

function task(differs: Partial<Task> = {}): Task {
  return {
    id: id("task"),
    agent: id("agent"),
    text: "tidy the notes in this folder",
    opener: { kind: "user", user: id("user") },
    onBehalfOf: id("user"),
    scope: { server: id("server"), tools: ["read", "write"], folder: "/home/ada/notes" },
    openedAt: NOW,
    expiresAt: later(60_000),
    closedAt: null,
    ...differs,
  }
}
