import type { TeamView } from "@tabard/api"

/** Who says who belongs to a team. */
export const KEPT_WORDS: Readonly<Record<TeamView["keptBy"], string>> = {
  people: "Administrators",
  provider: "The provider",
  scim: "SCIM",
}

/** What it means that a team is kept so. */
export const KEPT_HINTS: Readonly<Record<TeamView["keptBy"], string>> = {
  people: "Administrators say who belongs to it.",
  provider: "Who belongs to it follows the groups that the provider names, at each sign-in.",
  scim: "Who belongs to it, and what it is called, is what your directory says over SCIM.",
}
