import type { TeamDetail, TeamInput } from "@tabard/api"

/** What somebody has written of a team so far. */
export interface TeamDraft {
  readonly name: string
  /** The id of a person, or nothing. */
  readonly lead: string
  readonly outside: string
  readonly keptBy: TeamDetail["keptBy"]
}

/** Answers what is written of a team before anybody changes it. */
export function draftOf(team: TeamDetail | undefined): TeamDraft {
  return {
    name: team?.name ?? "",
    lead: team?.lead?.id ?? "",
    outside: team?.externalName ?? "",
    keptBy: team?.keptBy ?? "people",
  }
}

/** Answers what a draft asks of the server. */
export function askedOf({ name, lead, outside, keptBy }: TeamDraft): TeamInput {
  return { name: name.trim(), lead: lead || null, externalName: outside || null, keptBy }
}
