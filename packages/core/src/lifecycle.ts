/** Where an agent stands between being found and being gone. */
export const AGENT_STATES = [
  "discovered",
  "proposed",
  "active",
  "suspended",
  "quarantined",
  "retiring",
  "retired",
  "dismissed",
] as const

/** One state of an agent. */
export type AgentState = (typeof AGENT_STATES)[number]

/** What can be done to an agent's standing. */
export type Transition =
  | "propose"
  | "activate"
  | "suspend"
  | "quarantine"
  | "resume"
  | "retire"
  | "finish"
  | "dismiss"
  | "reopen"

/** Every transition there is: from which states, to which. What is not here is refused. */
export const TRANSITIONS: Readonly<Record<Transition, { from: readonly AgentState[]; to: AgentState }>> = {
  propose: { from: ["discovered"], to: "proposed" },
  activate: { from: ["proposed"], to: "active" },
  suspend: { from: ["active", "quarantined"], to: "suspended" },
  quarantine: { from: ["active"], to: "quarantined" },
  resume: { from: ["suspended", "quarantined"], to: "active" },
  retire: { from: ["proposed", "active", "suspended", "quarantined"], to: "retiring" },
  finish: { from: ["retiring"], to: "retired" },
  dismiss: { from: ["discovered", "proposed"], to: "dismissed" },
  reopen: { from: ["dismissed"], to: "discovered" },
}

/** Answers the state that follows, or undefined where the table does not allow the transition. */
export function nextState(state: AgentState, transition: Transition): AgentState | undefined {
  const { from, to } = TRANSITIONS[transition]
  return from.includes(state) ? to : undefined
}

/** Only an active agent gets tokens and may act; every issuing path and every door asks this at the moment of use. */
export function mayAct(state: AgentState): boolean {
  return state === "active"
}
