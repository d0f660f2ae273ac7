import type { TeamStore } from "@tabard/control"
import type { Team, TeamKeeper } from "@tabard/core"
import { boundedLimit, fromTime, inPortions, inWrites, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { TeamRow } from "../tables/teams.ts"
import { behind } from "./behind.ts"
import { caselessKey } from "./caseless-key.ts"

/** Keeps teams in the table `team`, and who belongs to them in `team_member`. */
export function teamStore(scope: Scope): TeamStore {
  return { ...namedTeams(scope), ...joining(scope), ...manyMembers(scope), ...memberships(scope) }
}

type Named = Pick<TeamStore, "add" | "change" | "remove" | "find" | "list" | "page">

function namedTeams({ db, organisation }: Scope): Named {
  const teams = () => db.selectFrom("team").selectAll().where("organisation", "=", organisation)
  return {
    async add(team) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("team")
        .values({ organisation, ...toRow(team) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async change({ id, name, externalName, keptBy, lead }) {
      const key = caselessKey(name)
      const others = teams()
        .where("id", "<>", id)
        .where((eb) => eb.or([eb("name_key", "=", key), eb("external_name", "=", externalName)]))
      const { numUpdatedRows } = await db
        .updateTable("team")
        .set({ name, name_key: key, external_name: externalName, ...keeperOf(keptBy), lead })
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where((eb) => eb.not(eb.exists(others)))
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async remove(id) {
      const { numDeletedRows } = await db
        .deleteFrom("team")
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .executeTakeFirstOrThrow()
      for (const table of ["team_member", "maintaining_team"] as const) {
        await db.deleteFrom(table).where("organisation", "=", organisation).where("team", "=", id).execute()
      }
      return numDeletedRows === 1n
    },

    async find(id) {
      const row = await teams().where("id", "=", id).executeTakeFirst()
      return row && fromRow(row)
    },

    async list() {
      return (await teams().orderBy("name").orderBy("id").execute()).map(fromRow)
    },

    async page({ after, limit }) {
      let query = teams().orderBy("name").orderBy("id").limit(boundedLimit(limit))
      if (after) query = query.where(behind("rising", { name: after.name, id: after.id }))
      return (await query.execute()).map(fromRow)
    },
  }
}

function joining({ db, organisation }: Scope): Pick<TeamStore, "join" | "leave"> {
  return {
    async join({ team, user, joinedAt }) {
      // Taken from the team's own row: a team that is being removed takes nobody in.
      const row = db
        .selectFrom("team")
        .select((eb) => [
          "organisation",
          "id as team",
          eb.val(user).as("user"),
          eb.cast<number>(eb.val(toTime(joinedAt)), "bigint").as("joined_at"),
        ])
        .where("organisation", "=", organisation)
        .where("id", "=", team)
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("team_member")
        .columns(["organisation", "team", "user", "joined_at"])
        .expression(row)
        .onConflict((conflict) => conflict.columns(["organisation", "team", "user"]).doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async leave(team, user) {
      const { numDeletedRows } = await db
        .deleteFrom("team_member")
        .where("organisation", "=", organisation)
        .where("team", "=", team)
        .where("user", "=", user)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
  }
}

function manyMembers({ db, organisation }: Scope): Pick<TeamStore, "among" | "joinAll" | "leaveAll"> {
  return {
    async joinAll(members) {
      await inWrites(members, (portion) =>
        db
          .insertInto("team_member")
          .values(
            portion.map(({ team, user, joinedAt }) => ({
              organisation,
              team,
              user,
              joined_at: toTime(joinedAt),
            })),
          )
          .onConflict((conflict) => conflict.columns(["organisation", "team", "user"]).doNothing())
          .execute(),
      )
    },

    async among(team, users) {
      const rows = await inPortions(users, (portion) =>
        db
          .selectFrom("team_member")
          .select("user")
          .where("organisation", "=", organisation)
          .where("team", "=", team)
          .where("user", "in", portion)
          .execute(),
      )
      return new Set(rows.map(({ user }) => user))
    },

    async leaveAll(team, users) {
      await inWrites(users, (portion) =>
        db
          .deleteFrom("team_member")
          .where("organisation", "=", organisation)
          .where("team", "=", team)
          .where("user", "in", portion)
          .execute(),
      )
    },
  }
}

function memberships({ db, organisation }: Scope): Pick<TeamStore, "membersOf" | "teamsOf"> {
  return {
    async membersOf(teams) {
      const rows = await inPortions(teams, (portion) =>
        db
          .selectFrom("team_member")
          .selectAll()
          .where("organisation", "=", organisation)
          .where("team", "in", portion)
          .orderBy("team")
          .orderBy("joined_at")
          .orderBy("user")
          .execute(),
      )
      return rows.map(({ team, user, joined_at }) => ({ team, user, joinedAt: fromTime(joined_at) }))
    },

    async teamsOf(users) {
      const rows = await inPortions(users, (portion) =>
        db
          .selectFrom("team_member")
          .innerJoin("team", (join) =>
            join
              .onRef("team.organisation", "=", "team_member.organisation")
              .onRef("team.id", "=", "team_member.team"),
          )
          .selectAll("team")
          .select("team_member.user")
          .where("team_member.organisation", "=", organisation)
          .where("team_member.user", "in", portion)
          .orderBy("team.name")
          .orderBy("team.id")
          .execute(),
      )
      const byUser = Map.groupBy(rows, ({ user }) => user)
      return new Map([...byUser].map(([user, own]) => [user, own.map(fromRow)]))
    },
  }
}

function toRow(team: Team): Omit<TeamRow, "organisation"> {
  return {
    id: team.id,
    name: team.name,
    name_key: caselessKey(team.name),
    external_name: team.externalName,
    ...keeperOf(team.keptBy),
    lead: team.lead,
    created_at: toTime(team.createdAt),
  }
}

function fromRow(row: TeamRow): Team {
  return {
    id: row.id,
    name: row.name,
    externalName: row.external_name,
    keptBy: row.kept_by_scim === 1 ? "scim" : row.kept_by,
    lead: row.lead,
    createdAt: fromTime(row.created_at),
  }
}

function keeperOf(keeper: TeamKeeper): Pick<TeamRow, "kept_by" | "kept_by_scim"> {
  return keeper === "scim" ? { kept_by: "people", kept_by_scim: 1 } : { kept_by: keeper, kept_by_scim: 0 }
}
