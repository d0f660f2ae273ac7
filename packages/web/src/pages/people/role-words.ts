import type { Role } from "@tabard/core"

/** What the roles are called. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  administrator: "Administrator",
  security: "Security",
  auditor: "Auditor",
  member: "Member",
}

/** What each role lets a person see and do, in a sentence. */
export const ROLE_MEANING: Readonly<Record<Role, string>> = {
  administrator: "Sees everything, and runs the installation: people, servers, settings.",
  security: "Sees everything, and looks after everybody's agents.",
  auditor: "Sees everything, and changes nothing.",
  member: "Sees the agents that they own, help with or are asked to take on, and answers for them.",
}
