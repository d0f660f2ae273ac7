import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type JsonObject, ManualClock, TRUST_FORMS, type TrustCondition, type TrustTerms } from "@tabard/core"
import * as fc from "fast-check"
import { judgeWorkload } from "./judge-workload.ts"
import { termsOf, tokenOf } from "./testing/workloads.ts"
import type { WorkloadToken } from "./workload-token.ts"

const now = new ManualClock("2026-11-01T12:00:00.000Z").now()

type Takes = (terms: TrustTerms, token: WorkloadToken) => boolean

/** A rule takes a token that it finds no fault with. */
const takes: Takes = (terms, token) => judgeWorkload(terms, token, now).length === 0

const condition: fc.Arbitrary<TrustCondition> = fc.record({
  claim: fc.constantFrom(["sub"], ["ref"], ["environment"], ["x", "y"]),
  test: fc.constantFrom("is", "begins"),
  values: fc.array(fc.constantFrom("a", "a/", "a/b", "main", "refs/", "refs/heads/main"), { maxLength: 3 }),
})

/** Tokens that rules tell apart: what a workload brings, with claims that conditions ask about changed. */
const changes: fc.Arbitrary<JsonObject> = fc
  .dictionary(
    fc.constantFrom("ref", "environment", "extra"),
    fc.constantFrom("a", "a/b", "main", "refs/heads/main", "", 7),
  )
  .map((claims) => ({ ...claims }))

const situation = fc.record({
  form: fc.constantFrom(...TRUST_FORMS),
  conditions: fc.array(condition, { maxLength: 2 }),
  own: fc.boolean(),
  maxLifeSeconds: fc.constantFrom(60, 299, 300, 3600),
  claims: changes,
})

/** Ways of making a rule narrower. */
const NARROWED: Readonly<
  Record<string, (terms: TrustTerms, at: number, more: TrustCondition) => TrustTerms>
> = {
  "one condition more": (terms, _, more) => ({ ...terms, conditions: [...terms.conditions, more] }),
  "one value less in a condition": (terms, at) => ({
    ...terms,
    conditions: terms.conditions.map((each, place) =>
      place === at % terms.conditions.length ? { ...each, values: each.values.slice(1) } : each,
    ),
  }),
  "a condition that is met by the very value alone": (terms, at) => ({
    ...terms,
    conditions: terms.conditions.map((each, place) =>
      place === at % terms.conditions.length
        ? { ...each, test: "is" as const, values: each.values.slice(0, 1).filter(() => each.test === "is") }
        : each,
    ),
  }),
  "a shorter life": (terms, at) => ({ ...terms, maxLifeSeconds: Math.min(terms.maxLifeSeconds, at % 400) }),
}

function neverMore(
  by: Takes,
  narrowed: (typeof NARROWED)[string],
  seen: { taken: number; refused: number },
): fc.IProperty<[SituationOf, number, TrustCondition]> {
  return fc.property(
    situation,
    fc.nat(1000),
    condition,
    ({ form, conditions, own, maxLifeSeconds, claims }, at, more) => {
      const terms = termsOf(form)
      const wide = {
        ...terms,
        maxLifeSeconds,
        conditions: own ? terms.conditions : conditions,
      }
      const token = tokenOf(form, now)
      const changed = { ...token, claims: { ...token.claims, ...claims } }
      const isTaken = by(wide, changed)
      seen.taken += isTaken ? 1 : 0
      const still = by(narrowed(wide, at, more), changed)
      seen.refused += isTaken && !still ? 1 : 0
      assert.ok(isTaken || !still, "what the rule did not take, the narrower one takes")
    },
  )
}

type SituationOf = typeof situation extends fc.Arbitrary<infer Value> ? Value : never

describe("a trust rule that is narrower", () => {
  for (const [what, narrowed] of Object.entries(NARROWED)) {
    it(`takes no token that it did not take before: ${what}`, () => {
      const seen = { taken: 0, refused: 0 }
      fc.assert(neverMore(takes, narrowed, seen), { numRuns: 1000 })
      assert.ok(seen.taken > 50 && seen.refused > 5, JSON.stringify(seen))
    })
  }

  for (const [what, copy, law] of brokenCopies()) {
    it(`a copy that ${what} is told`, () => {
      const narrowed = NARROWED[law]
      assert.ok(narrowed)
      const property = neverMore(copy, narrowed, { taken: 0, refused: 0 })
      const { failed, errorInstance } = fc.check(property, { numRuns: 20_000, seed: 7 })
      assert.ok(failed && errorInstance instanceof assert.AssertionError, String(errorInstance))
    })
  }
})

/** Ways in which a narrower rule has taken more, and what tells. */
function brokenCopies(): readonly (readonly [string, Takes, string])[] {
  return [
    [
      "holds a token to one of the conditions",
      (terms, token) =>
        terms.conditions.length === 0
          ? takes(terms, token)
          : terms.conditions.some((only) => takes({ ...terms, conditions: [only] }, token)),
      "one condition more",
    ],
    [
      "takes a condition without values for one that is met",
      (terms, token) =>
        takes({ ...terms, conditions: terms.conditions.filter(({ values }) => values.length > 0) }, token),
      "one value less in a condition",
    ],
    [
      "takes a life of nothing for any",
      (terms, token) => takes({ ...terms, maxLifeSeconds: terms.maxLifeSeconds || 3600 }, token),
      "a shorter life",
    ],
  ]
}
