import type { Id } from "@tabard/core"
import { type RawBuilder, sql } from "kysely"
import type { Scope } from "../scope.ts"

type Within = Pick<Scope, "organisation">

/** Says in SQL, as the rows of one column, which agents a person owns, helps with or is asked to take on. */
export function answeredAgents(within: Within, user: Id<"user">): RawBuilder<Id<"agent">> {
  const { organisation } = within
  return sql`(select id from agent where organisation = ${organisation} and owner = ${user}
    union ${helpedAgents(within, user)}
    union select agent from ownership_offer
      where organisation = ${organisation} and to_user = ${user} and state = 'pending')`
}

/** Asks the same the other way round: who answers for, helps with or is asked to take on each of these agents. */
export async function answeringPeople(
  { db, organisation }: Pick<Scope, "db" | "organisation">,
  agents: readonly Id<"agent">[],
): Promise<readonly Answering[]> {
  const these = sql.join(agents)
  const { rows } = await sql<Answering>`
    select id as agent, owner as "user" from agent
      where organisation = ${organisation} and id in (${these}) and owner is not null
    union select agent, "user" from maintainer where organisation = ${organisation} and agent in (${these})
    union select maintaining_team.agent, team_member."user" from maintaining_team
      join team_member on team_member.organisation = maintaining_team.organisation
        and team_member.team = maintaining_team.team
      where maintaining_team.organisation = ${organisation} and maintaining_team.agent in (${these})
    union select agent, to_user from ownership_offer
      where organisation = ${organisation} and agent in (${these}) and state = 'pending'`.execute(db)
  return rows
}

/** A person and an agent that they own, help with or are asked to take on. */
interface Answering {
  readonly agent: Id<"agent">
  readonly user: Id<"user">
}

/** Says in SQL which agents a person helps with: by themselves, or by a team that they belong to as it is asked. */
export function helpedAgents({ organisation }: Within, user: Id<"user">): RawBuilder<Id<"agent">> {
  return sql`select agent from maintainer where organisation = ${organisation} and "user" = ${user}
    union select maintaining_team.agent from maintaining_team
      join team_member on team_member.organisation = maintaining_team.organisation
        and team_member.team = maintaining_team.team
      where maintaining_team.organisation = ${organisation} and team_member."user" = ${user}`
}
