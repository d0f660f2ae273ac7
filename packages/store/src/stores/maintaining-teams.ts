import type { MaintainerStore, MaintainingTeam } from "@tabard/control"
import type { Id } from "@tabard/core"
import { sql } from "kysely"
import { fromTime, inPortions, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { MaintainingTeamRow } from "../tables/teams.ts"
import { helpedAgents } from "./answered-agents.ts"

type ByTeams = Pick<MaintainerStore, "addTeam" | "removeTeam" | "teamsOf" | "byTeams" | "helps" | "helpedBy">

/** Keeps which teams help with which agent in the table `maintaining_team`, and answers for their people. */
export function maintainingTeams(scope: Scope): ByTeams {
  return { ...changes(scope), ...lists(scope), ...people(scope) }
}

function changes({ db, organisation }: Scope): Pick<ByTeams, "addTeam" | "removeTeam"> {
  return {
    async addTeam({ agent, team, addedBy, addedAt }) {
      // Taken from the team's own row: a team that is being removed is given nothing to help with.
      const { numAffectedRows } = await sql`
        insert into maintaining_team (organisation, agent, team, added_by, added_at)
        select organisation, ${agent}, id, ${addedBy}, cast(${toTime(addedAt)} as bigint) from team
        where organisation = ${organisation} and id = ${team}
        on conflict (organisation, agent, team) do nothing`.execute(db)
      return numAffectedRows === 1n
    },

    async removeTeam(agent, team) {
      const { numDeletedRows } = await db
        .deleteFrom("maintaining_team")
        .where("organisation", "=", organisation)
        .where("agent", "=", agent)
        .where("team", "=", team)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
  }
}

function lists({ db, organisation }: Scope): Pick<ByTeams, "teamsOf" | "byTeams"> {
  const rows = () => db.selectFrom("maintaining_team").selectAll().where("organisation", "=", organisation)
  return {
    async teamsOf(agents) {
      const found = await inPortions(agents, (portion) =>
        rows().where("agent", "in", portion).orderBy("agent").orderBy("added_at").orderBy("team").execute(),
      )
      return found.map(fromRow)
    },

    async byTeams(teams) {
      const found = await inPortions(teams, (portion) =>
        rows().where("team", "in", portion).orderBy("team").orderBy("agent").execute(),
      )
      return found.map(fromRow)
    },
  }
}

function people(scope: Scope): Pick<ByTeams, "helps" | "helpedBy"> {
  const { db } = scope
  return {
    async helps(agent, user) {
      const { rows } = await sql`select 1 from (${helpedAgents(scope, user)}) as helped
        where agent = ${agent} limit 1`.execute(db)
      return rows.length === 1
    },

    async helpedBy(user) {
      const { rows } = await sql<{
        agent: Id<"agent">
      }>`select agent from (${helpedAgents(scope, user)}) as helped
        order by agent`.execute(db)
      return rows.map(({ agent }) => agent)
    },
  }
}

function fromRow({ agent, team, added_by, added_at }: MaintainingTeamRow): MaintainingTeam {
  return { agent, team, addedBy: added_by, addedAt: fromTime(added_at) }
}
