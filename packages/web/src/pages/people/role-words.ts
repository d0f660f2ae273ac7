import type { Role } from "@tabard/core"

/** What the roles are called. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  administrator: "Administrator",
  security: "Security",
  auditor: "Auditor",
  member: "Member",
}
