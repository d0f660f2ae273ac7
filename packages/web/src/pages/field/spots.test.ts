import type { RiskPictureAgent } from "@tabard/api"
import { riskBand } from "@tabard/core"
import { describe, expect, it } from "vitest"
import { bandPath, fieldShape, radiusOf } from "./field-shape.ts"
import { markPath } from "./mark-path.ts"
import { spotsOf } from "./spots.ts"

describe("the picture of access and autonomy", () => {
  it("draws agents of one category in one place as one spot, and says for how many nobody answers", () => {
    const [spot, ...others] = spotsOf([
      agent("a", 4, 5, { orphaned: true }),
      agent("b", 4, 5),
      agent("c", 2, 2),
    ])
    expect([spot?.agents.length, spot?.orphaned, others.length]).toEqual([2, 1, 1])
  })

  it("keeps categories apart in one place", () => {
    expect(spotsOf([agent("a", 4, 5), agent("b", 4, 5, { category: "production" })])).toHaveLength(2)
  })

  it("tells the riskiest first", () => {
    const scores = spotsOf([agent("a", 2, 2), agent("b", 9, 9), agent("c", 5, 5)]).map(
      ({ agents: [first] }) => first.score,
    )
    expect(scores).toEqual([81, 25, 4])
  })

  it("never draws more spots than can be read, and loses no agent by it", () => {
    const many = Array.from({ length: 1600 }, (_, at) =>
      agent(`a${at}`, (at % 40) / 4, Math.floor(at / 40) / 4),
    )
    const spots = spotsOf(many)
    expect(spots.length).toBeLessThanOrEqual(260)
    expect(spots.reduce((sum, { agents }) => sum + agents.length, 0)).toBe(1600)
  })

  it("has no spot where there is no agent", () => {
    expect(spotsOf([])).toEqual([])
  })
})

describe("the shape of the picture", () => {
  const shape = fieldShape(600)

  it("puts more access further right and more autonomy further up", () => {
    expect(shape.x(8)).toBeGreaterThan(shape.x(2))
    expect(shape.y(8)).toBeLessThan(shape.y(2))
  })

  it("begins each band where its equal products begin", () => {
    expect(bandPath("high", shape)).toMatch(
      new RegExp(`^M${shape.x(4.5).toFixed(1)},${shape.y(10).toFixed(1)}L`),
    )
  })

  it("tells categories by shape, and numbers by size", () => {
    expect(new Set((["chatbot", "local", "production"] as const).map((one) => markPath(one, 5))).size).toBe(3)
    const [crowd] = spotsOf([agent("a", 1, 1), agent("b", 1, 1)])
    const [alone] = spotsOf([agent("a", 1, 1)])
    expect(crowd && alone && radiusOf(crowd) > radiusOf(alone)).toBe(true)
  })
})

function agent(
  id: string,
  access: number,
  autonomy: number,
  known: Partial<RiskPictureAgent> = {},
): RiskPictureAgent {
  const score = Math.round(access * autonomy)
  return {
    id,
    name: id,
    category: "local",
    state: "discovered",
    orphaned: false,
    access,
    autonomy,
    score,
    band: riskBand(score),
    low: score,
    high: score,
    ...known,
  }
}
