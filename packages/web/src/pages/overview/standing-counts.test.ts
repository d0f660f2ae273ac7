import { describe, expect, it } from "vitest"
import { agentSummary } from "../../testing/agent-summary.fixture.ts"
import { standingCounts } from "./standing-counts.ts"

describe("agents by category and state", () => {
  const counts = standingCounts([
    agentSummary({ state: "active", orphaned: false }),
    agentSummary({}),
    agentSummary({}),
    agentSummary({ category: "chatbot", state: "retired" }),
  ])

  it("are counted where they stand, and those that are gone are not", () => {
    expect([counts.count("local", "discovered"), counts.count("local", "active")]).toEqual([2, 1])
    expect(counts.count("chatbot", "retired")).toBe(0)
    expect(counts.states).toEqual(["discovered", "active"])
  })

  it("say for how many nobody answers", () => {
    expect([counts.orphaned("local"), counts.orphaned("chatbot")]).toEqual([2, 0])
  })
})
