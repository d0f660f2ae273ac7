import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { AGENT_STATES } from "../lifecycle.ts"
import { type Agent, isShadow } from "./agent.ts"

const FOUND = new Date("2026-11-01T12:00:00.000Z")

describe("an agent is shadow", () => {
  it("from the end of its grace period on, and not a moment before", () => {
    const end = new Date("2026-11-15T12:00:00.000Z")
    assert.equal(isShadow(agent("discovered"), 14, new Date(end.getTime() - 1)), false)
    assert.equal(isShadow(agent("discovered"), 14, end), true)
  })

  it("only while it is discovered: whatever was done about it ends that", () => {
    const late = new Date("2027-11-01T12:00:00.000Z")
    const shadow = AGENT_STATES.filter((state) => isShadow(agent(state), 14, late))
    assert.deepEqual(shadow, ["discovered"])
  })
})

function agent(state: Agent["state"]): Agent {
  return { id: "agt_1", state, owner: null, mandate: null, createdAt: FOUND }
}
