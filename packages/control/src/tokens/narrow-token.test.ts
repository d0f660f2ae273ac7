import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { EFFECT_CLASSES, type Id, Problem, SHIPPED_TIERS, TIERS, type TierName } from "@tabard/core"
import * as fc from "fast-check"
import { type AskedBounds, narrowBounds, type TokenBounds } from "./narrow-token.ts"
import { BROKEN_NARROWING } from "./testing/broken-narrowing.ts"

const GATEWAY = "https://tabard.example/mcp"
const START = Date.parse("2026-11-01T12:00:00.000Z")

const CHAIN = { depth: 3, tiers: SHIPPED_TIERS }

type Narrow = typeof narrowBounds

const audience = fc.constantFrom(GATEWAY, `${GATEWAY}/notes`, `${GATEWAY}/notesandmore`, `${GATEWAY}/mail`)
const scope = fc.option(fc.subarray([...EFFECT_CLASSES], { minLength: 1 }), { freq: 3 })
const calls = fc.option(fc.integer({ min: 1, max: 20 }), { freq: 3 })
const task = fc.option(fc.constantFrom<Id<"task">[]>("tsk_one", "tsk_two"), { freq: 2 })
const agent = fc.integer({ min: 0, max: 9 }).map((at): Id<"agent"> => `agt_${at}`)
const expiresAt = fc.integer({ min: 1, max: 3600 }).map((seconds) => new Date(START + seconds * 1000))
const tier = fc.constantFrom(...TIERS)

const root: fc.Arbitrary<TokenBounds> = fc.record({
  audience,
  scope,
  expiresAt,
  callsLeft: calls,
  task,
  tier,
  agents: agent.map((one) => [one]),
})
const asked: fc.Arbitrary<AskedBounds> = fc.record({
  agent,
  tier,
  audience,
  scope,
  allowed: scope,
  actor: fc.option(fc.record({ audience, task }), { freq: 2 }),
  expiresAt,
  calls,
  task,
})
const chain = fc.tuple(root, fc.array(asked, { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 8 }))

/** For any chain of exchanges, whatever is asked for: each token is within each that it came from. */
function narrowing(narrow: Narrow): fc.IProperty<[[TokenBounds, AskedBounds[], number]]> {
  return fc.property(chain, ([first, wishes, depth]) => {
    const issued = [first]
    for (const wish of wishes) {
      const from = issued.at(-1) ?? first
      const next = granted(narrow, { from, wish, depth })
      if (!next) continue
      for (const ancestor of issued) assertWithin(next, ancestor)
      assertWithinWish(next, wish, depth)
      issued.push(next)
    }
  })
}

describe("narrowing a token", () => {
  it("holds for any chain: audience, scope, lifetime, calls, task, tier and depth only ever narrow", () => {
    fc.assert(narrowing(narrowBounds), { numRuns: 2000 })
  })

  it("goes on as long as less is asked for", () => {
    const first: TokenBounds = {
      audience: GATEWAY,
      scope: null,
      expiresAt: new Date(START + 300_000),
      callsLeft: null,
      task: "tsk_one",
      tier: "operator",
      agents: ["agt_1"],
    }
    const wish: AskedBounds = {
      agent: "agt_2",
      tier: "transactional",
      audience: `${GATEWAY}/notes`,
      scope: ["read"],
      allowed: ["read", "write"],
      actor: null,
      expiresAt: new Date(START + 60_000),
      calls: 5,
      task: null,
    }
    assert.deepEqual(narrowBounds(first, wish, CHAIN), {
      audience: `${GATEWAY}/notes`,
      scope: ["read"],
      expiresAt: new Date(START + 60_000),
      callsLeft: 5,
      task: "tsk_one",
      tier: "transactional",
      agents: ["agt_2", "agt_1"],
    })
    assert.deepEqual(narrowBounds(first, { ...wish, scope: null }, CHAIN).scope, ["read", "write"])
  })

  for (const [forgotten, broken] of Object.entries(BROKEN_NARROWING)) {
    it(`is found out where a copy of it forgets ${forgotten}`, () => {
      const { failed, errorInstance } = fc.check(narrowing(broken), { numRuns: 2000 })
      assert.equal(failed, true)
      assert.ok(errorInstance instanceof assert.AssertionError, String(errorInstance))
    })
  }
})

function granted(
  narrow: Narrow,
  { from, wish, depth }: { from: TokenBounds; wish: AskedBounds; depth: number },
): TokenBounds | undefined {
  try {
    return narrow(from, wish, { depth, tiers: SHIPPED_TIERS })
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

function assertWithin(next: TokenBounds, ancestor: TokenBounds): void {
  assert.ok(isBelow(next.audience, ancestor.audience), "it is for somewhere else")
  assert.ok(contains(ancestor.scope, next.scope), "it is good for more")
  assert.ok(next.expiresAt <= ancestor.expiresAt, "it lives longer")
  assert.ok(ancestor.callsLeft === null || (next.callsLeft ?? Infinity) <= ancestor.callsLeft, "more calls")
  assert.equal(next.task, ancestor.task)
  assert.ok(height(next.tier) <= height(ancestor.tier), "a higher tier")
  assert.deepEqual(next.agents.slice(-ancestor.agents.length), ancestor.agents)
}

/** Nor does a token go beyond what its own agent, and the permission that it was exchanged under, allow. */
function assertWithinWish(next: TokenBounds, wish: AskedBounds, depth: number): void {
  assert.ok(contains(wish.allowed, next.scope), "more than was allowed")
  assert.ok(contains(wish.scope, next.scope), "more than was asked for")
  assert.ok(next.expiresAt <= wish.expiresAt)
  const { actor } = wish
  if (actor) assert.ok(isBelow(next.audience, actor.audience), "somewhere else than who acts may go")
  if (actor?.task) assert.equal(next.task, actor.task, "another task than that of who acts")
  assert.ok(height(next.tier) <= height(wish.tier))
  assert.ok(next.agents.length <= depth, "longer than a chain may be")
  assert.equal(new Set(next.agents).size, next.agents.length, "an agent acts for itself")
}

function height(tier: TierName): number {
  return TIERS.findIndex((name) => name === tier)
}

function isBelow(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`)
}

function contains(outer: TokenBounds["scope"], inner: TokenBounds["scope"]): boolean {
  return outer === null || (inner?.every((effect) => outer.includes(effect)) ?? false)
}
