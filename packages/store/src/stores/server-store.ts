import type { ServerStore } from "@tabard/control"
import type { ToolVersion, Upstream } from "@tabard/core"
import { boundedLimit, fromJson, fromTime, inPortions, toJson, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { ServerRow, ToolVersionRow } from "../tables/registry.ts"
import { behind } from "./behind.ts"

/** Keeps upstreams in the table `server` and their reviewed tools in `tool_version`. */
export function serverStore(scope: Scope): ServerStore {
  return { ...upstreams(scope), ...pinning(scope), ...tools(scope) }
}

type Upstreams = Pick<ServerStore, "insert" | "find" | "findByName" | "findAll" | "list" | "page">

function upstreams({ db, organisation }: Scope): Upstreams {
  const servers = () => db.selectFrom("server").selectAll().where("organisation", "=", organisation)
  return {
    async insert(server) {
      await db
        .insertInto("server")
        .values({ organisation, ...toRow(server) })
        .execute()
    },

    async find(id) {
      const row = await servers().where("id", "=", id).executeTakeFirst()
      return row && fromRow(row)
    },

    async findByName(name) {
      const row = await servers().where("name", "=", name).executeTakeFirst()
      return row && fromRow(row)
    },

    async findAll(ids) {
      const rows = await inPortions(ids, (portion) => servers().where("id", "in", portion).execute())
      return rows.map(fromRow)
    },

    async list() {
      const rows = await servers().orderBy("name").execute()
      return rows.map(fromRow)
    },

    async page({ after, limit }) {
      let query = servers().orderBy("name").limit(boundedLimit(limit))
      if (after !== undefined) query = query.where("name", ">", after)
      return (await query.execute()).map(fromRow)
    },
  }
}

function pinning({ db, organisation }: Scope): Pick<ServerStore, "pin" | "repin"> {
  return {
    async pin(version) {
      await db
        .updateTable("tool_version")
        .set({ replaced_at: toTime(version.pinnedAt) })
        .where("organisation", "=", organisation)
        .where("server", "=", version.server)
        .where("name", "=", version.name)
        .where("replaced_at", "is", null)
        .execute()
      await db
        .insertInto("tool_version")
        .values({ organisation, ...toVersionRow(version) })
        .execute()
    },

    async repin(seen, version) {
      const { numUpdatedRows } = await db
        .updateTable("tool_version")
        .set({ replaced_at: toTime(version.pinnedAt) })
        .where("organisation", "=", organisation)
        .where("id", "=", seen)
        .where("replaced_at", "is", null)
        .executeTakeFirstOrThrow()
      if (numUpdatedRows !== 1n) return false
      await db
        .insertInto("tool_version")
        .values({ organisation, ...toVersionRow(version) })
        .execute()
      return true
    },
  }
}

function tools({ db, organisation }: Scope): Omit<ServerStore, keyof Upstreams | "pin" | "repin"> {
  const versions = () => db.selectFrom("tool_version").selectAll().where("organisation", "=", organisation)
  const pinned = () => versions().where("replaced_at", "is", null).orderBy("server").orderBy("name")
  return {
    async versions({ server, name }, limit) {
      const rows = await versions()
        .where("server", "=", server)
        .where("name", "=", name)
        .orderBy("pinned_at", "desc")
        .orderBy("id", "desc")
        .limit(boundedLimit(limit))
        .execute()
      return rows.map(fromVersionRow)
    },

    async pinned(server) {
      let query = pinned()
      if (server !== undefined) query = query.where("server", "=", server)
      return (await query.execute()).map(fromVersionRow)
    },

    async pinnedOf(ids) {
      const rows = await inPortions(ids, (portion) => pinned().where("server", "in", portion).execute())
      return rows.map(fromVersionRow)
    },

    async pagePinned({ after, limit }) {
      let query = pinned().limit(boundedLimit(limit))
      if (after) query = query.where(behind("rising", { server: after.server, name: after.name }))
      return (await query.execute()).map(fromVersionRow)
    },

    async findVersion(id) {
      const row = await versions().where("id", "=", id).executeTakeFirst()
      return row && fromVersionRow(row)
    },
  }
}

function toRow(server: Upstream): Omit<ServerRow, "organisation"> {
  return {
    id: server.id,
    name: server.name,
    launch: toJson(server.launch),
    registered_by: server.registeredBy,
    registered_at: toTime(server.registeredAt),
  }
}

function fromRow(row: ServerRow): Upstream {
  return {
    id: row.id,
    name: row.name,
    launch: fromJson(row.launch),
    registeredBy: row.registered_by,
    registeredAt: fromTime(row.registered_at),
  }
}

function toVersionRow(version: ToolVersion): Omit<ToolVersionRow, "organisation"> {
  return {
    id: version.id,
    server: version.server,
    name: version.name,
    digest: version.digest,
    definition: toJson(version.definition),
    effects: toJson(version.effects),
    roles: toJson(version.roles),
    pinned_at: toTime(version.pinnedAt),
    replaced_at: null,
    reviewed_by: version.review?.by ?? null,
    review_reason: version.review?.reason ?? null,
    corrected: version.review?.corrected ? 1 : 0,
  }
}

function fromVersionRow(row: ToolVersionRow): ToolVersion {
  return {
    id: row.id,
    server: row.server,
    name: row.name,
    digest: row.digest,
    definition: fromJson(row.definition),
    effects: fromJson(row.effects),
    roles: fromJson(row.roles),
    pinnedAt: fromTime(row.pinned_at),
    ...(row.reviewed_by !== null && {
      review: { by: row.reviewed_by, reason: row.review_reason ?? "", corrected: row.corrected === 1 },
    }),
  }
}
