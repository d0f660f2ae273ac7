import type { Id } from "../ids.ts"

/** Who says who belongs to a team: people here, the groups that the OpenID provider names at each sign-in, or SCIM. */
export const TEAM_KEEPERS = ["people", "provider", "scim"] as const

/** One of those who keep a team. */
export type TeamKeeper = (typeof TEAM_KEEPERS)[number]

/** People of the directory who look after agents together. */
export interface Team {
  readonly id: Id<"team">
  /** Compared without regard to case. */
  readonly name: string
  /** What a provider or a file calls it, letter by letter; a team that the provider keeps has one. */
  readonly externalName: string | null
  readonly keptBy: TeamKeeper
  /** Whom to ask about the team; it gives them nothing. */
  readonly lead: Id<"user"> | null
  readonly createdAt: Date
}
