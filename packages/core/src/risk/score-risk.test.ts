import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Arbitrary, array, assert as assertProperty, constantFrom, property, record } from "fast-check"
import { ARCHETYPES, factsTold, ORDER } from "./archetypes.fixture.ts"
import { lowerRisk } from "./lower-risk.ts"
import { RISK_BANDS, RISK_LEVELS, type RiskFactor, type RiskFacts, type RiskLevel } from "./risk-facts.ts"
import { RISK_FORMULA } from "./risk-formula.ts"
import { riskBand, scoreRisk } from "./score-risk.ts"
import { mostOf, pointsOf, RISK_FACTORS, sum } from "./weigh-factor.ts"

describe("the risk of an agent", () => {
  for (const { name, band, facts } of ARCHETYPES) {
    it(`is ${band} for a ${name}`, () => {
      const risk = scoreRisk(facts)
      assert.equal(risk.band, band, `${risk.access} × ${risk.autonomy} = ${risk.score}`)
    })
  }

  it("is in the order that people of the trade would put the archetypes in", () => {
    const scores = new Map(ARCHETYPES.map(({ name, facts }) => [name, scoreRisk(facts).score]))
    const wrong = ORDER.filter(([worse, better]) => (scores.get(worse) ?? 0) <= (scores.get(better) ?? 0))
    assert.deepEqual(wrong, [])
  })

  it("begins a band where the table says", () => {
    assert.deepEqual([0, 19, 20, 44, 45, 69, 70, 100].map(riskBand), [
      "low",
      "low",
      "medium",
      "medium",
      "high",
      "high",
      "critical",
      "critical",
    ])
  })

  it("weighs ten on each side, in quarters that add up exactly", () => {
    for (const side of ["access", "autonomy"]) {
      const factors = RISK_FACTORS.filter((factor) => RISK_FORMULA[factor].side === side)
      assert.equal(sum(factors.map(mostOf)), 10, side)
    }
    for (const factor of RISK_FACTORS)
      for (const level of RISK_LEVELS[factor]) assert.equal((pointsOf(factor, level) * 4) % 1, 0)
  })

  it("is the same for the same facts in any order, and however often they are told", () => {
    assertProperty(
      property(FACTS, (facts) => {
        const turned = mapFacts(facts, (told) => [...told, ...told].toReversed())
        assert.deepEqual(scoreRisk(turned), scoreRisk(facts))
      }),
    )
  })

  it("is never lowered by one more thing known against an agent, nor by one more thing unknown", () => {
    assertProperty(
      property(FACTS, constantFrom(...RISK_FACTORS), ANY_INDEX, (facts, factor, index) => {
        for (const more of [levelAt(factor, index), "unknown"]) {
          const worse = scoreRisk(withMore(facts, factor, more))
          const before = scoreRisk(facts)
          for (const key of ["score", "high", "access", "autonomy"] as const)
            assert.ok(worse[key] >= before[key], `${key} fell from ${before[key]} by ${factor} ${more}`)
        }
      }),
    )
  })

  it("is never lowered by a worse answer in the place of a better one", () => {
    assertProperty(
      property(constantFrom(...RISK_FACTORS), ANY_INDEX, ANY_INDEX, FACTS, (factor, a, b, facts) => {
        const [better, worse] = [levelAt(factor, a), levelAt(factor, b)].toSorted(
          (one, other) => pointsOf(factor, one) - pointsOf(factor, other),
        )
        const scoreWith = (level: string) => scoreRisk({ ...facts, [factor]: [{ level, evidence: "" }] })
        assert.ok(scoreWith(worse ?? "").low >= scoreWith(better ?? "").low)
        assert.ok(scoreWith(worse ?? "").score >= scoreWith(better ?? "").score)
      }),
    )
  })

  it("stays between nothing and a hundred, inside its own interval, and adds up to its points", () => {
    assertProperty(
      property(FACTS, (facts) => {
        const risk = scoreRisk(facts)
        assert.ok(0 <= risk.low && risk.low <= risk.score && risk.score <= risk.high && risk.high <= 100)
        assert.equal(Math.round(risk.access * risk.autonomy), risk.score)
        for (const side of ["access", "autonomy"] as const)
          assert.equal(sum(risk.points.filter((p) => p.side === side).map((p) => p.points)), risk[side])
      }),
    )
  })

  it("names the evidence of every point", () => {
    assertProperty(
      property(FACTS, (facts) => {
        for (const { evidence } of scoreRisk(facts).points) assert.ok(evidence.length > 0)
      }),
    )
  })

  it("widens to everything where nothing is known, and lists each question as unknown", () => {
    const risk = scoreRisk(mapFacts(factsTold({}), () => []))
    assert.deepEqual([risk.low, risk.score, risk.high], [0, 25, 100])
    assert.equal(risk.unknown.length, RISK_FACTORS.length)
  })

  it("lets the known part of an answer count besides the unknown one", () => {
    const risk = scoreRisk(factsTold({ effects: ["execute", "unknown"], consent: ["unrestricted"] }))
    assert.deepEqual([risk.low, risk.high], [8, 20])
    assert.deepEqual(risk.unknown, ["seen: unknown"])
  })
})

describe("the one change that lowers a risk most", () => {
  it("lowers it, and no other single change lowers the band further", () => {
    assertProperty(
      property(FACTS, (facts) => {
        const change = lowerRisk(facts)
        if (change === null) return
        assert.ok(change.score < scoreRisk(facts).score)
        assert.equal(change.band, riskBand(change.score))
        for (const factor of RISK_FACTORS) {
          const { remedy, counts } = RISK_FORMULA[factor]
          if (remedy === null || counts === "each") continue
          if (pointsOf(factor, remedy.to) > 0) continue
          const other = scoreRisk({ ...facts, [factor]: [{ level: remedy.to, evidence: "" }] })
          assert.ok(RISK_BANDS.indexOf(change.band) <= RISK_BANDS.indexOf(other.band))
        }
      }),
    )
  })

  it("is to have the client ask, for a coding agent without prompts", () => {
    const { facts = assert.fail() } =
      ARCHETYPES.find(({ name }) => name === "coding agent without prompts") ?? {}
    assert.deepEqual(lowerRisk(facts), {
      factor: "consent",
      say: "Have its client ask before it acts.",
      score: 9,
      band: "low",
    })
  })

  it("is none where nothing is left to lower", () => {
    assert.equal(lowerRisk(factsTold({})), null)
  })
})

const ANY_INDEX = constantFrom(0, 1, 2, 3, 4, 5, 6, 7)

/** Facts of any kind; every question was answered at least once, as one more word may only add to what is known. */
const FACTS: Arbitrary<RiskFacts> = record({
  sensitivity: told("sensitivity"),
  effects: told("effects"),
  breadth: told("breadth"),
  proof: told("proof"),
  consent: told("consent"),
  presence: told("presence"),
  accountability: told("accountability"),
  selfChange: told("selfChange"),
  strangers: told("strangers"),
  supply: told("supply"),
})

function told<F extends RiskFactor>(
  factor: F,
): Arbitrary<{ level: RiskLevel<F> | "unknown"; evidence: string }[]> {
  const levels: readonly RiskLevel<F>[] = RISK_LEVELS[factor]
  const level = constantFrom<RiskLevel<F> | "unknown">("unknown", ...levels)
  return array(record({ level, evidence: constantFrom("a", "b") }), { minLength: 1, maxLength: 4 })
}

function levelAt(factor: RiskFactor, index: number): string {
  const levels: readonly string[] = RISK_LEVELS[factor]
  return levels[index % levels.length] ?? ""
}

function withMore(facts: RiskFacts, factor: RiskFactor, level: string): RiskFacts {
  return { ...facts, [factor]: [...facts[factor], { level, evidence: "c" }] }
}

function mapFacts<Told>(facts: RiskFacts, change: (told: readonly Told[]) => readonly Told[]): RiskFacts {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every question keeps answers of its own kind
  return Object.fromEntries(
    Object.entries(facts).map(([factor, of]) => [factor, change(of as never)]),
  ) as never
}
