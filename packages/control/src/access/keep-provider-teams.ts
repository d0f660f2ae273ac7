import type { Team, User } from "@tabard/core"
import type { Actor, AuditEvent, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvents } from "../audit/event/record-event.ts"
import { placed } from "../directory/teams.ts"
import type { Transaction } from "../transaction.ts"

/** What changes of a person's teams was not done by a person. */
const PROVIDER: Actor = { kind: "system", id: "openid-provider" }

/**
 * Brings the teams that the provider keeps to the groups that it named for a person: in where it names one, out of every
 * other. Groups that no team is called by are passed over; teams that people keep are left alone.
 */
export async function keepProviderTeams(
  deps: RecordContext,
  tx: Pick<Transaction, "organisation" | "outbox" | "teams">,
  { user, groups }: { user: User; groups: readonly string[] },
): Promise<void> {
  const named = new Set(groups)
  const kept = (await tx.teams.list()).filter(({ keptBy }) => keptBy === "provider")
  const joined: Team[] = []
  const left: Team[] = []
  for (const team of kept) {
    if (team.externalName !== null && named.has(team.externalName)) {
      if (await tx.teams.join({ team: team.id, user: user.id, joinedAt: deps.clock.now() })) joined.push(team)
    } else if (await tx.teams.leave(team.id, user.id)) left.push(team)
  }
  if (joined.length + left.length === 0) return
  await tx.organisation.bumpVersion()
  await recordEvents(deps, tx.outbox, [
    ...joined.map((team) => told("team.member-added", team, user)),
    ...left.map((team) => told("team.member-removed", team, user)),
  ])
}

function told(type: "team.member-added" | "team.member-removed", team: Team, user: User): AuditEvent {
  return { type, actor: PROVIDER, data: placed(team, user.id) }
}
