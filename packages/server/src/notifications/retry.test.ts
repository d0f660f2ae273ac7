import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Delivery } from "@tabard/control"
import { newId, systemClock } from "@tabard/core"
import { allowance, outcomeOf, RETRY_AFTER_MS, restUntil } from "./retry.ts"

const NOW = new Date("2026-11-01T12:00:00.000Z")
const HOUR = 3600_000
const unavailable = { kind: "unavailable", said: "it is slow" } as const

describe("what follows from a try", () => {
  it("is another, later and later, until there were enough", () => {
    for (const [turn, after] of RETRY_AFTER_MS.entries()) {
      const outcome = outcomeOf(delivery({ tries: turn + 1 }), unavailable, NOW)
      assert.ok(outcome.kind === "again")
      const waits = outcome.due.getTime() - NOW.getTime()
      assert.ok(waits >= after * 0.8 && waits <= after * 1.2, `${waits} for ${after}`)
    }
    const last = outcomeOf(delivery({ tries: RETRY_AFTER_MS.length + 1 }), unavailable, NOW)
    assert.deepEqual(last, { kind: "failed", at: NOW, said: "it is slow" })
  })

  it("is the end where it was refused for good, where it is a day old, and where it was taken", () => {
    const refused = { kind: "refused", said: "gone" } as const
    assert.equal(outcomeOf(delivery(), refused, NOW).kind, "failed")
    const old = delivery({ madeAt: new Date(NOW.getTime() - 25 * HOUR) })
    assert.equal(outcomeOf(old, unavailable, NOW).kind, "failed")
    assert.deepEqual(outcomeOf(old, { kind: "sent" }, NOW), { kind: "sent", at: NOW })
  })

  it("moves each time a little otherwise, so that not all come back together", () => {
    const dues = Array.from({ length: 50 }, () => {
      const outcome = outcomeOf(delivery({ tries: 5 }), unavailable, NOW)
      return outcome.kind === "again" ? outcome.due.getTime() : 0
    })
    assert.ok(new Set(dues).size > 10)
  })
})

describe("a channel that fails again and again", () => {
  it("rests after the fifth failure, longer each time, and never more than about an hour", () => {
    assert.deepEqual(
      [1, 2, 3, 4].map((failures) => restUntil(failures, NOW)),
      Array(4).fill(undefined),
    )
    const rests = [5, 7, 9, 20, 1000].map((n) => (restUntil(n, NOW)?.getTime() ?? 0) - NOW.getTime())
    for (const [at, usual] of [60_000, 240_000, 960_000, HOUR, HOUR].entries()) {
      const rest = rests[at] ?? 0
      assert.ok(rest >= usual * 0.8 && rest <= usual * 1.2, `${rest} for ${usual}`)
    }
  })

  it("is given nothing while it rests, then one, and all again once it works", () => {
    const at = (ms: number) => new Date(NOW.getTime() + ms)
    assert.equal(allowance(undefined, NOW, 25), 25)
    assert.equal(allowance({ failures: 4, restsUntil: null }, NOW, 25), 25)
    assert.equal(allowance({ failures: 5, restsUntil: at(1) }, NOW, 25), 0)
    assert.equal(allowance({ failures: 5, restsUntil: at(0) }, NOW, 25), 1)
    assert.equal(allowance({ failures: 0, restsUntil: null }, NOW, 25), 25)
  })
})

function delivery(differs: Partial<Delivery> = {}): Delivery {
  return {
    id: newId("delivery", systemClock),
    notification: newId("notification", systemClock),
    channel: "email",
    to: null,
    digest: false,
    state: "pending",
    madeAt: NOW,
    due: NOW,
    tries: 1,
    said: null,
    endedAt: null,
    ...differs,
  }
}
