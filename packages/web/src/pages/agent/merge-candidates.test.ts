import { describe, expect, it } from "vitest"
import { agentSummary } from "../../testing/agent-summary.fixture.ts"
import { candidates } from "./merge-candidates.ts"

describe("what can be merged into an agent", () => {
  const found = agentSummary({ id: "agt_1", name: "Cursor", place: "/srv/shop" })
  const owned = agentSummary({ id: "agt_2", name: "Cursor", state: "active" })
  const dismissed = agentSummary({ id: "agt_3", name: "Codex", state: "dismissed" })

  it("is never itself, nor what somebody adopted", () => {
    expect(candidates([found, owned, dismissed], "agt_1", "")).toEqual([dismissed])
  })

  it("is found by its words", () => {
    expect(candidates([found, owned, dismissed], "agt_9", "cursor shop")).toEqual([found])
  })
})
