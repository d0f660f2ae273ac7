import type { EventGroup } from "@tabard/api"
import type { Effect } from "@tabard/core"

/** Types of events that belong together, as people look for them. */
export const EVENT_GROUP_WORDS: Readonly<Record<EventGroup, string>> = {
  calls: "Calls of tools",
  approvals: "Approvals",
  agents: "Agents and owners",
  tasks: "Tasks",
  access: "Tokens, keys and sign-ins",
  findings: "Findings",
  inventory: "Scans and reporters",
  people: "People and teams",
  settings: "Settings",
  record: "The record itself",
}

/** What was decided. */
export const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  permit: "Permitted",
  ask: "Asked about",
  deny: "Denied",
}
