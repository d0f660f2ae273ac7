import { type Agent, Problem, type Team } from "@tabard/core"
import type { AuditEvent, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { findTeam } from "../directory/teams.ts"
import type { Transact } from "../transaction.ts"
import { assertAnswersFor, type Caller } from "./caller.ts"
import { findAgent } from "./find-agent.ts"

export interface MaintainByTeamDeps extends RecordContext {
  readonly transact: Transact<"agents" | "maintainers" | "outbox" | "teams">
}

/** Which team is to help, or to help no longer, with which agent. */
export interface MaintainingChange {
  readonly agent: string
  readonly team: string
}

/** The most teams that help with one agent: more would answer for nothing. */
const MOST_TEAMS = 5

/**
 * Lets a team help with an agent: its active people see it and may describe it for as long as they belong to it.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, team_not_found, not_allowed
 */
export async function addMaintainingTeam(
  deps: MaintainByTeamDeps,
  by: Caller,
  change: MaintainingChange,
): Promise<void> {
  await deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, change.agent)
    assertAnswersFor(by, agent.owner)
    const team = await findTeam(tx.teams, change.team)
    assertRoom(await tx.maintainers.teamsOf([agent.id]))
    const added = { agent: agent.id, team: team.id, addedBy: by.id, addedAt: deps.clock.now() }
    if (!(await tx.maintainers.addTeam(added))) return
    await recordEvent(deps, tx.outbox, told("maintainer.team-added", by, { agent, team }))
  })
}

/**
 * Ends a team's helping with an agent. A team that did not help is left alone.
 *
 * @throws {Problem} agent_not_found, team_not_found, not_allowed
 */
export async function removeMaintainingTeam(
  deps: MaintainByTeamDeps,
  by: Caller,
  change: MaintainingChange,
): Promise<void> {
  await deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, change.agent)
    assertAnswersFor(by, agent.owner)
    const team = await findTeam(tx.teams, change.team)
    if (!(await tx.maintainers.removeTeam(agent.id, team.id))) return
    await recordEvent(deps, tx.outbox, told("maintainer.team-removed", by, { agent, team }))
  })
}

function told(
  type: "maintainer.team-added" | "maintainer.team-removed",
  { id }: Caller,
  { agent, team }: { agent: Agent; team: Team },
): AuditEvent {
  const data = { team: team.id, name: team.name }
  return { type, actor: { kind: "user", id }, agent: agent.id, owner: agent.owner, data }
}

function assertRoom(helping: readonly unknown[]): void {
  if (helping.length < MOST_TEAMS) return
  throw new Problem(
    "agent_state_conflict",
    `at most ${MOST_TEAMS} teams help with an agent: remove one first`,
  )
}
