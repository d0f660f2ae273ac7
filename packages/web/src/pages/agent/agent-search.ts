/** The parts of an agent's page, in their order. */
export const TABS = [
  "risk",
  "access",
  "findings",
  "about",
  "seen",
  "manifest",
  "tasks",
  "identity",
  "history",
] as const

/** One part of an agent's page. */
export type TabName = (typeof TABS)[number]

/** Which part of the page the address names, and which event in it is unfolded. */
export interface AgentSearch {
  readonly tab?: TabName
  readonly event?: string
}

const ID = /^evt_[0-9A-Za-z_-]{1,70}$/

/** Reads the address; what it does not understand it leaves out. */
export function parseAgentSearch(raw: Readonly<Record<string, unknown>>): AgentSearch {
  const tab = TABS.find((known) => known === raw["tab"])
  const { event } = raw
  return { ...(tab && { tab }), ...(typeof event === "string" && ID.test(event) && { event }) }
}
