import { type Governed, type GovernedTable, LOOKS, OF_AGENT, TAKES_AWAY } from "./governed.ts"

/** Whoever comes to pass for an agent may do what that may, whatever binds themselves. */
const PASSES_FOR: Governed = { everybodys: "who passes for an agent" }

/** What operations on agents change. */
export const AGENT_GOVERNING: GovernedTable = {
  acceptFinding: { names: { id: "finding" } },
  acceptOwnership: { names: { id: "offer" } },
  actOnAgents: { names: { agents: "agent" }, when: (input) => kindOfAct(input) !== "suspend" },
  activateAgent: OF_AGENT,
  addMaintainer: OF_AGENT,
  addMaintainingTeam: OF_AGENT,
  adoptAgent: OF_AGENT,
  agreeToRenewal: OF_AGENT,
  applyManifests: { names: { manifests: "agent" }, keptElsewhere: true },
  allowDelegation: { names: { id: "agent", to: "agent" } },
  answerApproval: { names: { id: "approval" }, when: (input) => member(input, "verdict") !== "denied" },
  attestCredential: OF_AGENT,
  closeTask: TAKES_AWAY,
  declineOwnership: { names: { id: "offer" } },
  declineRenewal: TAKES_AWAY,
  describeAgent: OF_AGENT,
  dismissAgent: OF_AGENT,
  enrol: { nothing: "who holds the code is the agent that a person let in" },
  enterAgent: { nothing: "it is a new agent, bound as whoever has the hand that made it" },
  exportAgents: LOOKS,
  makeTrustRule: PASSES_FOR,
  mergeAgents: { names: { id: "agent", other: "agent" } },
  nameAgentSuccessor: OF_AGENT,
  offerEnrolment: PASSES_FOR,
  enforceAgent: TAKES_AWAY,
  observeAgent: OF_AGENT,
  offerOwnership: OF_AGENT,
  openTask: OF_AGENT,
  checkManifest: LOOKS,
  planManifests: LOOKS,
  previewActs: LOOKS,
  previewEnforcing: LOOKS,
  previewTrustRule: LOOKS,
  putManifest: { names: { id: "agent" }, keptElsewhere: true },
  quarantineAgent: TAKES_AWAY,
  recordRehearsal: OF_AGENT,
  removeMaintainer: OF_AGENT,
  removeMaintainingTeam: OF_AGENT,
  removeTrustRule: TAKES_AWAY,
  renewMandate: OF_AGENT,
  reopenAgent: OF_AGENT,
  reopenFinding: { names: { id: "finding" } },
  resumeAgent: OF_AGENT,
  retireAgent: OF_AGENT,
  revokeInstance: TAKES_AWAY,
  revokeToken: TAKES_AWAY,
  rotateKey: { nothing: "who rotates a key is the install that has it" },
  signRetirement: OF_AGENT,
  splitAgent: OF_AGENT,
  suspendAgent: TAKES_AWAY,
  testTrustRule: LOOKS,
  // Who no longer acts for another is no longer bound by what binds it.
  withdrawDelegation: { names: { id: "delegation" } },
  withdrawOffer: OF_AGENT,
}

function kindOfAct(input: unknown): unknown {
  return member(member(input, "act"), "kind")
}

function member(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined
}
