import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id, Plan, StepWish } from "@tabard/core"
import { atOnce, id, ids, later, NOW, type OpenShelves, won } from "../../shelves.contract.ts"
import type { Shelf } from "../../transaction.ts"

/** What every PlanStore promises. */
export function planStoreContract(name: string, open: OpenShelves): void {
  describe(`plans kept in ${name}`, () => {
    it("begins one of many for a subject, and another once that one has ended", async () => {
      const { shelf, stranger } = await open()
      const subject = id("user")
      const begun = await atOnce(() => start(shelf, plan({ id: id("plan"), subject })))
      assert.equal(won(begun), 1)
      assert.equal(await start(shelf, plan({ subject, kind: "retirement" })), true)
      assert.equal(await start(stranger, plan({ subject })), true)
      const first = await latest(shelf, subject)
      assert.ok(first)
      assert.equal(await end(shelf, first.id, "cancelled"), true)
      const [next] = ids("plan", 1)
      assert.ok(next)
      const second = plan({ id: next, subject, startedAt: later(1) })
      assert.equal(await start(shelf, second), true)
      assert.deepEqual(await latest(shelf, subject), second)
      assert.deepEqual(await find(shelf, first.id), { ...first, ended: { how: "cancelled", at: later(9) } })
      assert.equal(await find(stranger, first.id), undefined)
    })

    it("takes the steps of a plan once, and answers them in their order", async () => {
      const { shelf, stranger } = await open()
      const one = await begun(shelf)
      const steps = [step({ does: "first", with: { n: 1 } }), step({ does: "second", agent: null })]
      assert.equal(await lay(stranger, one.id, steps), false)
      assert.equal(won(await atOnce(() => lay(shelf, one.id, steps))), 1)
      assert.deepEqual(
        await stepsOf(shelf, one.id),
        steps.map((wish, position) => ({ ...wish, plan: one.id, position, done: null })),
      )
      assert.deepEqual((await find(shelf, one.id))?.laidAt, NOW)
      assert.deepEqual(await stepsOf(stranger, one.id), [])
      await end(shelf, one.id, "cancelled")
      const ended = await begun(shelf)
      await end(shelf, ended.id, "cancelled")
      assert.equal(await lay(shelf, ended.id, steps), false)
    })

    it("has a step done by exactly one of many, and by nobody once its plan has ended", async () => {
      const { shelf, stranger } = await open()
      const one = await begun(shelf, [step({}), step({})])
      const finish = (of: Shelf, position: number) =>
        of.transact(({ plans }) => plans.finish({ plan: one.id, position }, "went", later(2)))
      const isOpen = (of: Shelf, position: number) =>
        of.snapshot(({ plans }) => plans.isOpen({ plan: one.id, position }))
      assert.deepEqual(
        [await isOpen(shelf, 0), await isOpen(shelf, 7), await isOpen(stranger, 0)],
        [true, false, false],
      )
      assert.equal(await finish(stranger, 0), false)
      assert.equal(won(await atOnce(() => finish(shelf, 0))), 1)
      assert.equal(await finish(shelf, 7), false)
      const [first, second] = await stepsOf(shelf, one.id)
      assert.deepEqual([await isOpen(shelf, 0), await isOpen(shelf, 1)], [false, true])
      assert.deepEqual([first?.done, second?.done], [{ at: later(2), outcome: "went" }, null])
      await end(shelf, one.id, "cancelled")
      assert.deepEqual([await finish(shelf, 1), await isOpen(shelf, 1)], [false, false])
    })

    it("ends as done only where it has its steps and each is done, and once", async () => {
      const { shelf, stranger } = await open()
      const one = await begun(shelf)
      assert.equal(await end(shelf, one.id, "done"), false)
      await lay(shelf, one.id, [step({})])
      assert.equal(await end(shelf, one.id, "done"), false)
      await shelf.transact(({ plans }) => plans.finish({ plan: one.id, position: 0 }, "went", NOW))
      assert.equal(await end(stranger, one.id, "done"), false)
      assert.equal(won(await atOnce(() => end(shelf, one.id, "done"))), 1)
      assert.equal(await end(shelf, one.id, "cancelled"), false)
    })

    it("tells who is switched off without a departure, also where theirs was called off", async () => {
      const { shelf, stranger } = await open()
      const person = async (active: boolean): Promise<Id<"user">> => {
        const [user] = ids("user", 1)
        assert.ok(user)
        const words = { name: "Ada", email: `${user}@acme.test`, role: "member", createdAt: NOW } as const
        await shelf.transact(({ users }) => users.insert({ id: user, ...words, active }))
        return user
      }
      const here = await person(true)
      const [gone, leaving, back] = [await person(false), await person(false), await person(false)]
      await start(shelf, plan({ id: id("plan"), subject: leaving }))
      const called = plan({ id: id("plan"), subject: back })
      await start(shelf, called)
      await end(shelf, called.id, "cancelled")
      const without = (of: Shelf, limit: number) => of.snapshot(({ plans }) => plans.leftWithout(limit))
      assert.deepEqual(await without(shelf, 10), [gone, back].toSorted())
      assert.ok(!(await without(shelf, 10)).includes(here))
      assert.equal((await without(shelf, 1)).length, 1)
      assert.deepEqual(await without(stranger, 10), [])
    })

    it("tells plans with something to do: no steps yet, a step that is due, or nothing left", async () => {
      const { shelf, stranger } = await open()
      const bare = await begun(shelf)
      const waiting = await begun(shelf, [step({ due: later(100) })])
      const over = await begun(shelf, [])
      const gone = await begun(shelf)
      await end(shelf, gone.id, "cancelled")
      const due = async (at: Date, limit = 10) =>
        (await shelf.snapshot(({ plans }) => plans.due(at, limit))).map((each) => each.id)
      assert.deepEqual(await due(NOW), [bare.id, over.id].toSorted())
      assert.deepEqual(await due(later(100)), [bare.id, over.id, waiting.id].toSorted())
      assert.equal((await due(later(100), 1)).length, 1)
      await shelf.transact(({ plans }) => plans.postpone({ plan: waiting.id, position: 0 }, later(500)))
      assert.deepEqual(await due(later(100)), [bare.id, over.id].toSorted())
      assert.deepEqual(await stranger.snapshot(({ plans }) => plans.due(later(900), 10)), [])
    })
  })
}

function plan(differences: Partial<Plan>): Plan {
  const common = { laidAt: null, ended: null, startedBy: null, startedAt: NOW }
  return { id: id("plan"), kind: "departure", subject: id("user"), ...common, ...differences }
}

function step(differences: Partial<StepWish>): StepWish {
  return { does: "something", to: "agt_1", agent: id("agent"), with: {}, due: NOW, ...differences }
}

async function begun(shelf: Shelf, steps?: readonly StepWish[]): Promise<Plan> {
  const one = plan({})
  await start(shelf, one)
  if (steps) await lay(shelf, one.id, steps)
  return one
}

function start(shelf: Shelf, one: Plan): Promise<boolean> {
  return shelf.transact(({ plans }) => plans.start(one))
}

function lay(shelf: Shelf, one: Id<"plan">, steps: readonly StepWish[]): Promise<boolean> {
  return shelf.transact(({ plans }) => plans.lay(one, steps, NOW))
}

function end(shelf: Shelf, one: Id<"plan">, how: "done" | "cancelled"): Promise<boolean> {
  return shelf.transact(({ plans }) => plans.end(one, how, later(9)))
}

function find(shelf: Shelf, one: Id<"plan">): Promise<Plan | undefined> {
  return shelf.snapshot(({ plans }) => plans.find(one))
}

function latest(shelf: Shelf, subject: Plan["subject"]): Promise<Plan | undefined> {
  return shelf.snapshot(({ plans }) => plans.latest("departure", subject))
}

function stepsOf(shelf: Shelf, one: Id<"plan">) {
  return shelf.snapshot(({ plans }) => plans.steps(one))
}
