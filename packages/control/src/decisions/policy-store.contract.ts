import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, id, ids, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { PolicySet } from "./policy-store.ts"

/** What every PolicyStore promises. */
export function policyStoreContract(name: string, open: OpenShelves): void {
  describe(`policies kept in ${name}`, () => {
    it("puts a set in force in place of the one of the same kind and subject, which stays in history", async () => {
      const { shelf } = await open()
      const first = await put(shelf, set())
      const second = await put(shelf, set({ version: 2, source: "tools: [read]", createdAt: later(1) }))
      assert.deepEqual(await current(shelf), second)
      assert.deepEqual(await history(shelf), [second, first])
    })

    it("leaves other kinds and subjects in force, in the order of ids", async () => {
      const { shelf } = await open()
      const [a, b, c] = ids("policySet", 3) as [PolicySet["id"], PolicySet["id"], PolicySet["id"]]
      const guard = await put(shelf, set({ id: c, kind: "guard", subject: "organisation" }))
      const other = await put(shelf, set({ id: a, subject: "agt_2" }))
      const intent = await put(shelf, set({ id: b }))
      assert.deepEqual(await shelf.snapshot(({ policies }) => policies.inForce()), [other, intent, guard])
    })

    it("answers what concerns a decision: everybody's sets and those of its links, and nobody else's", async () => {
      const { shelf } = await open()
      const [a, b, c, d] = ids("policySet", 4) as [
        PolicySet["id"],
        PolicySet["id"],
        PolicySet["id"],
        PolicySet["id"],
      ]
      const guard = await put(shelf, set({ id: d, kind: "guard", subject: "shipped" }))
      const tier = await put(shelf, set({ id: c, kind: "tier", subject: "shipped" }))
      const intent = await put(shelf, set({ id: b, subject: "agt_1" }))
      await put(shelf, set({ id: a, subject: "agt_2" }))
      const concerning = (subjects: readonly string[]) =>
        shelf.snapshot(({ policies }) => policies.concerning(subjects))
      assert.deepEqual(await concerning(["agt_1", "tsk_1"]), [intent, tier, guard])
      assert.deepEqual(await concerning([]), [tier, guard])
      await shelf.transact(({ policies }) => policies.remove("intent", "agt_1", later(1)))
      assert.deepEqual(await concerning(["agt_1"]), [tier, guard])
    })

    it("answers what concerned a decision that is past, whatever was put or removed since", async () => {
      const { shelf } = await open()
      const guard = await put(shelf, set({ id: id("policySet"), kind: "guard", subject: "shipped" }))
      const first = await put(shelf, set({ id: id("policySet"), subject: "agt_1", createdAt: later(1) }))
      const second = await put(shelf, set({ id: id("policySet"), subject: "agt_1", createdAt: later(3) }))
      await put(shelf, set({ id: id("policySet"), subject: "agt_2" }))
      await shelf.transact(({ policies }) => policies.remove("intent", "agt_1", later(5)))
      const concerned = (after: number) =>
        shelf.snapshot(({ policies }) => policies.concerned(["agt_1"], later(after)))
      assert.deepEqual(await concerned(0), [guard])
      assert.deepEqual(new Set(await concerned(2)), new Set([guard, first]))
      assert.deepEqual(new Set(await concerned(4)), new Set([guard, second]))
      assert.deepEqual(await concerned(5), [guard])
    })

    it("answers the sets in force whose subject begins so, in the order of subjects", async () => {
      const { shelf } = await open()
      const b = await put(shelf, set({ subject: "set/b" }))
      const a = await put(shelf, set({ id: id("policySet"), subject: "set/a" }))
      await put(shelf, set({ id: id("policySet"), subject: "sets" }))
      await put(shelf, set({ id: id("policySet"), kind: "guard", subject: "set/c" }))
      const ended = await put(shelf, set({ id: id("policySet"), subject: "set/d" }))
      await shelf.transact(({ policies }) => policies.remove("intent", ended.subject, later(1)))
      assert.deepEqual(await shelf.snapshot(({ policies }) => policies.beginning("intent", "set/")), [a, b])
    })

    it("keeps exactly one set in force of many put at once", async () => {
      const { shelf } = await open()
      await atOnce((turn) => put(shelf, set({ version: turn })))
      assert.equal((await shelf.snapshot(({ policies }) => policies.inForce())).length, 1)
      assert.equal((await history(shelf)).length, 20)
    })

    it("takes a set out of force once, and keeps it in history", async () => {
      const { shelf } = await open()
      const one = await put(shelf, set())
      const removed = await atOnce(() =>
        shelf.transact(({ policies }) => policies.remove("intent", "agt_1", later(1))),
      )
      assert.equal(won(removed), 1)
      assert.equal(await current(shelf), undefined)
      assert.deepEqual(await shelf.snapshot(({ policies }) => policies.inForce()), [])
      assert.deepEqual(await history(shelf), [one])
    })

    it("shows nothing to another organisation, and lets it replace and remove nothing", async () => {
      const { shelf, stranger } = await open()
      const mine = await put(shelf, set())
      await stranger.transact(async ({ policies }) => {
        assert.equal(await policies.current("intent", "agt_1"), undefined)
        assert.deepEqual(await policies.inForce(), [])
        assert.deepEqual(await policies.history("intent", "agt_1"), [])
        assert.equal(await policies.remove("intent", "agt_1", NOW), false)
        await policies.put(set())
      })
      assert.deepEqual(await shelf.snapshot(({ policies }) => policies.inForce()), [mine])
    })
  })
}

async function put(shelf: Shelf, one: PolicySet): Promise<PolicySet> {
  await shelf.transact(({ policies }) => policies.put(one))
  return one
}

function current(shelf: Shelf): Promise<PolicySet | undefined> {
  return shelf.snapshot(({ policies }) => policies.current("intent", "agt_1"))
}

function history(shelf: Shelf): Promise<readonly PolicySet[]> {
  return shelf.snapshot(({ policies }) => policies.history("intent", "agt_1"))
}

function set(differs: Partial<PolicySet> = {}): PolicySet {
  return {
    id: id("policySet"),
    kind: "intent",
    subject: "agt_1",
    version: 1,
    author: "usr_1",
    source: null,
    policies: [{ id: "agt_1/1", text: "permit (principal, action, resource);" }],
    createdAt: NOW,
    ...differs,
  }
}
