import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id } from "@tabard/core"
import { id, NOW, type OpenShelves } from "../../shelves.contract.ts"
import type { Shelf } from "../../transaction.ts"
import type { EventValue, NewEvent } from "./event-store.ts"

/** What every EventStore promises of the values that events commit to. */
export function eventValuesContract(name: string, open: OpenShelves): void {
  describe(`values beside events kept in ${name}`, () => {
    it("are kept with their events, byte for byte, and answered by event and field", async () => {
      const { shelf } = await open()
      const one = event([value("data.reason", "odd"), value("data.facts.purpose", { deep: ["ü", 1] })])
      const [other, bare] = [event([value("data.note", "x".repeat(5000))]), event([])]
      await shelf.transact(({ outbox }) => outbox.append(one))
      await shelf.transact(({ outbox }) => outbox.appendAll([other, bare]))
      const found = await valuesOf(shelf, [one, other, bare])
      assert.deepEqual(found.get(one.id), one.values?.toReversed())
      assert.deepEqual(found.get(other.id), other.values)
      assert.equal(found.has(bare.id), false)
    })

    it("are not kept where the event was not", async () => {
      const { shelf } = await open()
      const one = event([value("data.reason", "odd")])
      const failing = shelf.transact(async ({ outbox }) => {
        await outbox.append(one)
        throw new Error("the power went")
      })
      await assert.rejects(failing)
      assert.equal((await valuesOf(shelf, [one])).size, 0)
    })

    it("go with the person whom they are about, and with nobody else; the events stay as they are", async () => {
      const { shelf } = await open()
      const [ada, ben] = [id("user"), id("user")]
      const one = event([
        value("data.a", "of Ada", { person: ada }),
        value("data.b", "of Ben", { person: ben }),
        value("data.c", "of nobody"),
        value("data.d", "long", { person: ada, class: "bulky", erasable: false }),
      ])
      await shelf.transact(({ outbox }) => outbox.append(one))
      assert.equal(await erase(shelf, ada), 1)
      assert.equal(await erase(shelf, ada), 0)
      const left = (await valuesOf(shelf, [one])).get(one.id) ?? []
      assert.deepEqual(
        left.map(({ field }) => field),
        ["data.b", "data.c", "data.d"],
      )
      const kept = await shelf.snapshot(({ outbox }) => outbox.find(one.id))
      assert.deepEqual(Buffer.from(kept?.bytes ?? []), Buffer.from(one.bytes))
    })

    it("are neither shown to another organisation nor erased by it", async () => {
      const { shelf, stranger } = await open()
      const ada = id("user")
      const one = event([value("data.a", "of Ada", { person: ada })])
      await shelf.transact(({ outbox }) => outbox.append(one))
      assert.equal((await valuesOf(stranger, [one])).size, 0)
      assert.equal(await erase(stranger, ada), 0)
      assert.equal((await valuesOf(shelf, [one])).size, 1)
    })
  })
}

function valuesOf(
  shelf: Shelf,
  events: readonly NewEvent[],
): Promise<ReadonlyMap<Id<"event">, readonly EventValue[]>> {
  return shelf.snapshot(({ outbox }) => outbox.valuesOf(events))
}

function erase(shelf: Shelf, person: Id<"user">): Promise<number> {
  return shelf.transact(({ outbox }) => outbox.eraseValuesAbout(person))
}

function value(field: string, held: EventValue["value"], differs: Partial<EventValue> = {}): EventValue {
  const salt = Uint8Array.from({ length: 16 }, (_, n) => n * 16)
  return { field, salt, value: held, class: "personal", person: null, erasable: true, ...differs }
}

function event(values: readonly EventValue[]): NewEvent {
  const bytes = new TextEncoder().encode("{}")
  const about = { agent: null, task: null, call: null }
  return { id: id("event"), type: "agent.suspended", at: NOW, ...about, bytes, index: null, values }
}
