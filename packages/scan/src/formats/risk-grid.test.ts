import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { sampleReport } from "./fixtures/sample-report.ts"
import { riskGrid } from "./risk-grid.ts"
import { riskiestFirst, type ScoredAgent } from "./riskiest-first.ts"

describe("the picture of access × autonomy", () => {
  const [one = assert.fail()] = riskiestFirst(sampleReport())
  const at = (access: number, autonomy: number): ScoredAgent => ({
    ...one,
    risk: { ...one.risk, access, autonomy },
  })

  it("has every agent once, whatever its sides", () => {
    const agents = [at(0, 0), at(10, 10), at(1.99, 2), at(4, 9.5)]
    const cells = riskGrid(agents).flatMap(({ cells }) => cells)
    assert.deepEqual(new Set(cells.flatMap((cell) => cell.agents)), new Set(agents))
    assert.equal(cells.length, 25)
  })

  it("goes from the freest row down, and by rising access", () => {
    const [top = assert.fail(), ...rest] = riskGrid([at(10, 10), at(0, 0)])
    assert.deepEqual(
      top.cells.map(({ agents }) => agents.length),
      [0, 0, 0, 0, 1],
    )
    assert.equal(rest.at(-1)?.cells[0]?.agents.length, 1)
    assert.deepEqual(
      top.cells.map(({ band }) => band),
      ["low", "medium", "high", "high", "critical"],
    )
  })

  it("lists the riskiest first", () => {
    const scores = riskiestFirst(sampleReport()).map(({ risk }) => risk.score)
    assert.deepEqual(
      scores,
      scores.toSorted((a, b) => b - a),
    )
  })
})
