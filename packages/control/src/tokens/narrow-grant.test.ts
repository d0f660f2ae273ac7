import assert from "node:assert/strict"
import { describe, it } from "node:test"
import {
  EFFECT_CLASSES,
  type EffectClass,
  type Id,
  Problem,
  SHIPPED_TIERS,
  TIERS,
  type TierName,
} from "@tabard/core"
import * as fc from "fast-check"
import { type AskedBounds, type ChainBounds, narrowBounds, type TokenBounds } from "./narrow-token.ts"

type Narrow = typeof narrowBounds

/** What somebody gave: the token that is exchanged, what the permission to delegate allows, and how long chains may be. */
interface Given {
  readonly from: TokenBounds
  readonly allowed: AskedBounds["allowed"]
  readonly actor: AskedBounds["actor"]
  readonly depth: number
}

type Wish = Omit<AskedBounds, "allowed" | "actor">

const GATEWAY = "https://tabard.example/mcp"
const START = Date.parse("2026-11-01T12:00:00.000Z")

const audience = fc.constantFrom(GATEWAY, `${GATEWAY}/notes`)
const scope = fc.option(fc.subarray([...EFFECT_CLASSES]), { freq: 3 })
const calls = fc.option(fc.integer({ min: 0, max: 9 }), { freq: 3 })
const task = fc.option(fc.constantFrom<Id<"task">[]>("tsk_one", "tsk_two"), { freq: 2 })
const expiresAt = fc.integer({ min: 1, max: 600 }).map((seconds) => new Date(START + seconds * 1000))
const tier = fc.constantFrom(...TIERS)
const agent = (from: number, to: number): fc.Arbitrary<Id<"agent">> =>
  fc.integer({ min: from, max: to }).map((at): Id<"agent"> => `agt_${at}`)

const given: fc.Arbitrary<Given> = fc.record({
  from: fc.record({
    audience,
    scope,
    expiresAt,
    callsLeft: calls,
    task,
    tier,
    agents: fc.uniqueArray(agent(0, 4), { minLength: 1, maxLength: 3 }),
  }),
  allowed: scope,
  actor: fc.option(fc.record({ audience, task }), { freq: 2 }),
  depth: fc.integer({ min: 1, max: 5 }),
})

const wish: fc.Arbitrary<Wish> = fc.record({
  agent: agent(3, 9),
  tier,
  audience,
  scope: fc.option(fc.subarray([...EFFECT_CLASSES], { maxLength: 2 }), { freq: 2 }),
  expiresAt,
  calls: fc.option(fc.integer({ min: 0, max: 4 }), { freq: 2 }),
  task: fc.option(fc.constantFrom<Id<"task">[]>("tsk_one"), { freq: 2 }),
})

/** Ways of giving less, each with something of its own to say how much. */
const LESS: Readonly<Record<string, (all: Given, some: Some) => Given>> = {
  "a permission that allows fewer effects": (all, { effects }) => ({
    ...all,
    allowed: fewer(all.allowed, effects),
  }),
  "a token that is good for fewer effects": (all, { effects }) => ({
    ...all,
    from: { ...all.from, scope: fewer(all.from.scope, effects) },
  }),
  "a token that ends sooner": (all, { at }) => ({ ...all, from: { ...all.from, expiresAt: new Date(at) } }),
  "a token with fewer calls left": (all, { count }) => ({
    ...all,
    from: { ...all.from, callsLeft: Math.min(all.from.callsLeft ?? 9, count) },
  }),
  "a token of a lower tier": (all) => ({ ...all, from: { ...all.from, tier: "read-only" } }),
  "a token for one server alone": (all) => ({ ...all, from: { ...all.from, audience: `${GATEWAY}/notes` } }),
  "whoever acts proving itself by a token for one server alone": (all) => ({
    ...all,
    actor: { audience: `${GATEWAY}/notes`, task: all.actor?.task ?? null },
  }),
  "shorter chains": (all, { count }) => ({ ...all, depth: Math.min(all.depth, count) }),
}

interface Some {
  readonly effects: readonly EffectClass[]
  readonly at: number
  readonly count: number
}

const some: fc.Arbitrary<Some> = fc.record({
  effects: fc.subarray([...EFFECT_CLASSES]),
  at: fc.constant(START),
  count: fc.integer({ min: 0, max: 5 }),
})

/** Whatever is granted of less is granted of more, and goes no further. */
function neverMore(
  narrow: Narrow,
  less: (all: Given, some: Some) => Given,
): fc.IProperty<[Given, Wish, Some]> {
  return fc.property(given, wish, some, (all, wanted, how) => {
    const after = granted(narrow, less(all, how), wanted)
    if (!after) return
    const before = granted(narrow, all, wanted)
    assert.ok(before, "what was refused of more is granted of less")
    assert.ok(contains(before.scope, after.scope), "it is good for more")
    assert.ok(after.expiresAt <= before.expiresAt, "it lives longer")
    assert.ok((after.callsLeft ?? Infinity) <= (before.callsLeft ?? Infinity), "it has more calls")
    assert.ok(height(after.tier) <= height(before.tier), "it is of a higher tier")
    assert.deepEqual(
      [after.audience, after.task, after.agents],
      [before.audience, before.task, before.agents],
    )
  })
}

/** Ways in which giving less has given more, and what tells. */
const BROKEN: readonly (readonly [string, Narrow, keyof typeof LESS])[] = [
  [
    "takes a permission that allows nothing for one that says nothing",
    (from, asked, chain) =>
      narrowBounds(from, { ...asked, allowed: asked.allowed?.length === 0 ? null : asked.allowed }, chain),
    "a permission that allows fewer effects",
  ],
  [
    "takes a token that is good for nothing for one that is good for all",
    (from, asked, chain) =>
      narrowBounds({ ...from, scope: from.scope?.length === 0 ? null : from.scope }, asked, chain),
    "a token that is good for fewer effects",
  ],
  [
    "takes no calls left for any number",
    (from, asked, chain) => narrowBounds({ ...from, callsLeft: from.callsLeft || null }, asked, chain),
    "a token with fewer calls left",
  ],
  [
    "looks at the end of what is asked for alone where that was over",
    (from, asked, chain) => ({
      ...narrowBounds(from, asked, chain),
      expiresAt: from.expiresAt.getTime() <= START ? asked.expiresAt : from.expiresAt,
    }),
    "a token that ends sooner",
  ],
]

describe("of less that was given", () => {
  for (const [what, less] of Object.entries(LESS)) {
    it(`never comes more: ${what}`, () => {
      let issued = 0
      fc.assert(
        neverMore((...asked) => {
          const bounds = narrowBounds(...asked)
          issued += 1
          return bounds
        }, less),
        { numRuns: 1000 },
      )
      assert.ok(issued > 30, String(issued))
    })
  }

  for (const [what, broken, law] of BROKEN) {
    it(`a copy that ${what} is told`, () => {
      const less = LESS[law]
      assert.ok(less)
      const { failed, errorInstance } = fc.check(neverMore(broken, less), { numRuns: 20_000, seed: 7 })
      assert.ok(failed && errorInstance instanceof assert.AssertionError, String(errorInstance))
    })
  }
})

function granted(
  narrow: Narrow,
  { from, allowed, actor, depth }: Given,
  wanted: Wish,
): TokenBounds | undefined {
  const chain: ChainBounds = { depth, tiers: SHIPPED_TIERS }
  try {
    return narrow(from, { ...wanted, allowed, actor }, chain)
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

function fewer(scope: TokenBounds["scope"], effects: readonly EffectClass[]): readonly EffectClass[] {
  return scope === null ? effects : scope.filter((effect) => effects.includes(effect))
}

function contains(outer: TokenBounds["scope"], inner: TokenBounds["scope"]): boolean {
  return outer === null || (inner?.every((effect) => outer.includes(effect)) ?? false)
}

function height(name: TierName): number {
  return TIERS.findIndex((each) => each === name)
}
