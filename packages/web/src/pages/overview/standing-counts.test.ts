import type { AgentSummary } from "@tabard/api"
import { describe, expect, it } from "vitest"
import { standingCounts } from "./standing-counts.ts"

describe("agents by category and state", () => {
  const counts = standingCounts([
    agent("local", "active", false),
    agent("local", "discovered", true),
    agent("local", "discovered", true),
    agent("chatbot", "retired", true),
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

function agent(
  category: AgentSummary["category"],
  state: AgentSummary["state"],
  orphaned: boolean,
): AgentSummary {
  return {
    id: "agt_0",
    name: "Agent",
    category,
    client: null,
    state,
    owner: null,
    orphaned,
    shadow: false,
    byHand: false,
    environment: null,
    dataClasses: [],
    nextReview: null,
    tier: null,
    purpose: null,
    expiresAt: null,
    autonomy: "not_stated",
    servers: 0,
    credentials: 0,
    plaintextCredentials: 0,
    risk: null,
    place: null,
    lastSeen: null,
  }
}
