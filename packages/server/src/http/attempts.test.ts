import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { Attempts } from "./attempts.ts"

const BOUNDS = {
  perAddress: { burst: 10, perSecond: 1 },
  everybody: { burst: 30, perSecond: 2 },
  own: 3,
  addresses: 100,
}

describe("failed attempts", () => {
  it("are bounded for each address, and say when one more may be made", () => {
    const { attempts, pass } = world()
    assert.equal(failed(attempts, "a", 50), 10)
    const refused = attempts.begin("a")
    assert.deepEqual(refused, { allowed: false, retryAfterMs: 1000 })
    pass(999)
    assert.equal(attempts.begin("a").allowed, false)
    pass(1)
    assert.equal(failed(attempts, "a", 5), 1)
    pass(3_600_000)
    assert.equal(failed(attempts, "a", 50), 10, "time gives back no more than the burst")
  })

  it("do not count where they succeeded", () => {
    const { attempts } = world()
    for (let round = 0; round < 100; round++) {
      const attempt = attempts.begin("a")
      assert.ok(attempt.allowed)
      attempt.succeeded()
    }
  })

  it("of many at once are no more than of as many in turn", () => {
    const { attempts } = world()
    const begun = Array.from({ length: 50 }, () => attempts.begin("a"))
    assert.equal(begun.filter(({ allowed }) => allowed).length, 10)
  })

  it("of all addresses together are bounded, and shut nobody out who did not fail themselves", () => {
    const { attempts } = world()
    const made = Array.from({ length: 20 }, (_, at) => failed(attempts, `bot-${at}`, 10))
    const total = made.reduce((sum, one) => sum + one, 0)
    assert.ok(total <= 30 + 20 * 3, `${total} attempts`)
    assert.equal(failed(attempts, "a person", 10), 3, "a person's own few are always theirs")
  })

  it("of any number of addresses are remembered in bounded space", () => {
    const { attempts } = world()
    for (let at = 0; at < 10_000; at++) failed(attempts, `address-${at}`, 1)
    assert.equal(attempts.size, 100)
  })

  it("are not given back by a clock that goes back", () => {
    const { attempts, pass } = world()
    failed(attempts, "a", 50)
    pass(-60_000)
    assert.equal(attempts.begin("a").allowed, false)
  })
})

function failed(attempts: Attempts, address: string, tries: number): number {
  let made = 0
  for (let round = 0; round < tries; round++) if (attempts.begin(address).allowed) made++
  return made
}

function world(): { attempts: Attempts; pass: (ms: number) => void } {
  let now = Date.parse("2026-11-22T12:00:00Z")
  const attempts = new Attempts(BOUNDS, { now: () => new Date(now) })
  return { attempts, pass: (ms) => void (now += ms) }
}
