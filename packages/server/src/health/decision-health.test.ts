import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { recordEvent } from "@tabard/control"
import { ManualClock, newId } from "@tabard/core"
import { openTemporarySqlite } from "@tabard/store/testing"
import { decisionHealth } from "./decision-health.ts"

const DAY_MS = 86_400_000

describe("the health of decisions", () => {
  it("is red for a day after two judges differed, in words, whichever process decided", async () => {
    const clock = new ManualClock("2026-11-01T12:00:00.000Z")
    await using opened = await openTemporarySqlite({ clock })
    const organisation = await opened.store.ensureOrganisation("acme", () => ({
      id: newId("organisation", clock),
      slug: "acme",
      name: "Acme",
      trustDomain: "acme.example",
    }))
    const shelf = opened.store.shelf(organisation.id)
    const { now } = decisionHealth(shelf, clock)
    assert.deepEqual(await now(), {
      status: "ok",
      words: "Nothing that was decided is in dispute.",
      since: null,
    })

    const at = clock.now()
    await shelf.transact(({ outbox }) =>
      recordEvent({ organisation, clock }, outbox, {
        type: "call.disputed",
        actor: { kind: "system", id: "test" },
        agent: newId("agent", clock),
        action: "notes/read_note",
        resource: newId("server", clock),
      }),
    )
    const red = await now()
    assert.deepEqual([red.status, red.since], ["failing", at])
    assert.match(red.words, /differ about a call, or .*, which was denied/)
    clock.advance(DAY_MS + 1)
    assert.equal((await now()).status, "ok")
  })
})
