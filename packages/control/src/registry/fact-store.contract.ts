import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Fact, type Json, parseLossless, writeLossless } from "@tabard/core"
import { id, later, NOW, type OpenShelves } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"

/** What every FactStore promises. */
export function factStoreContract(name: string, open: OpenShelves): void {
  describe(`facts kept in ${name}`, () => {
    it("replaces only what the same source said in the same kind about the same name", async () => {
      const { shelf } = await open()
      const [subject, other] = [id("agent"), id("agent")]
      const kept = [
        fact({ subject, source: "another" }),
        fact({ subject, kind: "declared" }),
        fact({ subject, name: "another" }),
        fact({ subject: other }),
      ]
      for (const statement of [fact({ subject }), ...kept]) await put(shelf, statement)
      const latest = fact({ subject, value: { model: "b" }, at: later(1) })
      await put(shelf, latest)

      const found = await shelf.snapshot(({ facts }) => facts.of([subject, other]))
      assert.deepEqual(new Set(found.map(spelling)), new Set([latest, ...kept].map(spelling)))
    })

    it("keeps many statements as it keeps each", async () => {
      const { shelf } = await open()
      const first = Array.from({ length: 700 }, (_, n) => fact({ subject: `agt_${n}` }))
      await shelf.transact(({ facts }) => facts.putAll(first))
      const again = first.map((one) => ({ ...one, value: "again", at: later(1) }))
      await shelf.transact(({ facts }) => facts.putAll(again))
      await shelf.transact(({ facts }) => facts.putAll([]))
      const found = await shelf.snapshot(({ facts }) => facts.of(first.map(({ subject }) => subject)))
      assert.deepEqual(new Set(found.map(spelling)), new Set(again.map(spelling)))
    })

    it("forgets what was observed of some subjects under some names, and nothing that a person said", async () => {
      const { shelf, stranger } = await open()
      const [subject, other] = [id("agent"), id("agent")]
      const kept = [
        fact({ subject, kind: "declared" }),
        fact({ subject, kind: "observed", name: "another" }),
        fact({ subject: other, kind: "observed" }),
      ]
      const gone = ["a", "b"].map((source) => fact({ subject, kind: "observed", source }))
      for (const statement of [...kept, ...gone]) await put(shelf, statement)
      const [{ name } = assert.fail()] = gone
      await stranger.transact(({ facts }) => facts.forgetObserved([other], [name]))
      await shelf.transact(({ facts }) => facts.forgetObserved([subject], [name]))
      const found = await shelf.snapshot(({ facts }) => facts.of([subject, other]))
      assert.deepEqual(new Set(found.map(spelling)), new Set(kept.map(spelling)))
    })

    it("answers every statement about each of many subjects, and about no other", async () => {
      const { shelf } = await open()
      const subjects = Array.from({ length: 1_200 }, (_, n) => `agt_${n}`)
      await shelf.transact(async ({ facts }) => {
        for (const subject of subjects) await facts.put(fact({ subject }))
        await facts.put(fact({ subject: "agt_other" }))
      })
      const found = await shelf.snapshot(({ facts }) => facts.of(subjects))
      assert.deepEqual(new Set(found.map(({ subject }) => subject)), new Set(subjects))
      assert.deepEqual(await shelf.snapshot(({ facts }) => facts.of([])), [])
    })

    it("takes back what was stated in some kinds about one name of one subject, by whomever", async () => {
      const { shelf } = await open()
      const taken = [fact({ kind: "declared", source: "usr_1" }), fact({ kind: "declared", source: "usr_2" })]
      const kept = [
        fact({}),
        fact({ kind: "overridden" }),
        fact({ kind: "declared", name: "another" }),
        fact({ kind: "declared", subject: "agt_2" }),
      ]
      for (const statement of [...taken, ...kept]) await put(shelf, statement)
      const remove = (kinds: readonly Fact["kind"][]) =>
        shelf.transact(({ facts }) => facts.remove("agt_1", "model", kinds))
      assert.deepEqual([await remove([]), await remove(["declared"]), await remove(["declared"])], [0, 2, 0])
      const found = await shelf.snapshot(({ facts }) => facts.of(["agt_1", "agt_2"]))
      assert.deepEqual(new Set(found.map(spelling)), new Set(kept.map(spelling)))
    })

    it("answers every statement under one name, about every subject", async () => {
      const { shelf, stranger } = await open()
      const named = [fact({}), fact({ kind: "declared" }), fact({ subject: "agt_2" })]
      for (const statement of [...named, fact({ name: "another" })]) await put(shelf, statement)
      const found = await shelf.snapshot(({ facts }) => facts.named("model"))
      assert.deepEqual(new Set(found.map(spelling)), new Set(named.map(spelling)))
      assert.deepEqual(await stranger.snapshot(({ facts }) => facts.named("model")), [])
    })

    it("keeps every number as it was spelt", async () => {
      const { shelf } = await open()
      const text = '{"a":9007199254740993,"b":500.00,"c":1E400,"d":-0,"e":[12,"1e5"],"__proto__":1}'
      await put(shelf, fact({ subject: "agt_1", value: parseLossless(text) }))
      const [found] = await shelf.snapshot(({ facts }) => facts.of(["agt_1"]))
      assert.equal(writeLossless(found?.value ?? null), text)
    })

    it("keeps plain values as they are", async () => {
      const { shelf } = await open()
      const values: readonly Json[] = [
        null,
        true,
        "",
        "\u0000é😀",
        0,
        -1.5,
        1e21,
        [],
        {},
        { a: [1, { b: null }] },
      ]
      for (const [n, value] of values.entries()) await put(shelf, fact({ subject: `agt_${n}`, value }))
      for (const [n, value] of values.entries()) {
        const [found] = await shelf.snapshot(({ facts }) => facts.of([`agt_${n}`]))
        assert.deepEqual(found?.value, value)
      }
    })

    it("shows nothing to another organisation, and keeps its statements apart", async () => {
      const { shelf, stranger } = await open()
      const mine = fact({ subject: "agt_1" })
      await put(shelf, mine)
      assert.deepEqual(await stranger.snapshot(({ facts }) => facts.of(["agt_1"])), [])
      await put(stranger, fact({ subject: "agt_1", value: "theirs" }))
      assert.deepEqual(await shelf.snapshot(({ facts }) => facts.of(["agt_1"])), [mine])
    })
  })
}

async function put(shelf: Shelf, statement: Fact): Promise<void> {
  await shelf.transact(({ facts }) => facts.put(statement))
}

function spelling(statement: Fact): string {
  return JSON.stringify(statement)
}

function fact(differs: Partial<Fact>): Fact {
  return {
    subject: "agt_1",
    name: "model",
    kind: "observed",
    source: "laptop",
    value: { model: "a" },
    at: NOW,
    ...differs,
  }
}
