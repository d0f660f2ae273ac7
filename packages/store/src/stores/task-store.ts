import type { TaskStore } from "@tabard/control"
import type { Task } from "@tabard/core"
import {
  boundedLimit,
  countOf,
  fromJson,
  fromTime,
  fromTimeOrNull,
  inPortions,
  toJson,
  toTime,
  toTimeOrNull,
} from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { TaskRow } from "../tables/authority.ts"

/** Keeps tasks in the table of that name. */
export function taskStore(scope: Scope): TaskStore {
  return { ...tasksOfAgents(scope), ...openTasks(scope) }
}

function tasksOfAgents({
  db,
  organisation,
}: Scope): Pick<TaskStore, "insert" | "find" | "findAll" | "of" | "countUnclosed"> {
  const tasks = () => db.selectFrom("task").selectAll().where("organisation", "=", organisation)
  return {
    async insert(task) {
      await db
        .insertInto("task")
        .values({ organisation, ...toRow(task) })
        .execute()
    },

    async find(id) {
      const row = await tasks().where("id", "=", id).executeTakeFirst()
      return row && fromRow(row)
    },

    async findAll(ids) {
      const rows = await inPortions(ids, (portion) =>
        tasks().where("id", "in", portion).orderBy("id").execute(),
      )
      return rows.map(fromRow)
    },

    async of(agent, limit) {
      const rows = await tasks()
        .where("agent", "=", agent)
        .orderBy("opened_at", "desc")
        .orderBy("id", "desc")
        .limit(boundedLimit(limit))
        .execute()
      return rows.map(fromRow)
    },

    countUnclosed: (agents) =>
      countOf(agents, (portion) =>
        db
          .selectFrom("task")
          .select(({ fn }) => fn.countAll<number>().as("many"))
          .where("organisation", "=", organisation)
          .where("agent", "in", portion)
          .where("closed_at", "is", null)
          .execute(),
      ),
  }
}

function openTasks({ db, organisation }: Scope): Pick<TaskStore, "open" | "close" | "expired"> {
  const tasks = () => db.selectFrom("task").selectAll().where("organisation", "=", organisation)
  return {
    async open(now) {
      const rows = await tasks()
        .where("closed_at", "is", null)
        .where("expires_at", ">", toTime(now))
        .orderBy("id")
        .execute()
      return rows.map(fromRow)
    },

    async close(id, at) {
      const { numUpdatedRows } = await db
        .updateTable("task")
        .set({ closed_at: toTime(at) })
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where("closed_at", "is", null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async expired(now, limit) {
      const rows = await tasks()
        .where("closed_at", "is", null)
        .where("expires_at", "<=", toTime(now))
        .orderBy("expires_at")
        .orderBy("id")
        .limit(boundedLimit(limit))
        .execute()
      return rows.map(fromRow)
    },
  }
}

function toRow(task: Task): Omit<TaskRow, "organisation"> {
  return {
    id: task.id,
    agent: task.agent,
    text: task.text,
    opener_kind: task.opener.kind,
    opener_user: task.opener.user,
    on_behalf_of: task.onBehalfOf,
    server: task.scope.server,
    tools: toJson(task.scope.tools),
    folder: task.scope.folder,
    opened_at: toTime(task.openedAt),
    expires_at: toTime(task.expiresAt),
    closed_at: toTimeOrNull(task.closedAt),
  }
}

function fromRow(row: TaskRow): Task {
  return {
    id: row.id,
    agent: row.agent,
    text: row.text,
    opener: { kind: row.opener_kind, user: row.opener_user },
    onBehalfOf: row.on_behalf_of,
    scope: { server: row.server, tools: fromJson(row.tools), folder: row.folder },
    openedAt: fromTime(row.opened_at),
    expiresAt: fromTime(row.expires_at),
    closedAt: fromTimeOrNull(row.closed_at),
  }
}
