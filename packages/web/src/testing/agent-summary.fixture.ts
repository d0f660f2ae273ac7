import type { AgentSummary } from "@tabard/api"

/** Answers a row of the inventory in which nothing is known but what is said. */
export function agentSummary(known: Partial<AgentSummary>): AgentSummary {
  return {
    id: "agt_0",
    name: "Agent",
    category: "local",
    client: null,
    state: "discovered",
    owner: null,
    orphaned: true,
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
    sides: null,
    place: null,
    reporterName: null,
    lastSeen: null,
    vanishedAt: null,
    ...known,
  }
}
