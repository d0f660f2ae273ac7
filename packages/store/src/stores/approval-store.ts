import type { ApprovalStore } from "@tabard/control"
import type { Id } from "@tabard/core"
import { type RawBuilder, sql } from "kysely"
import { boundedLimit, countOf, inPortions, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import { answeredAgents } from "./answered-agents.ts"
import { agreedText, fromApprovalRow, stateColumns, toApprovalRow } from "./approval-rows.ts"
import { behind } from "./behind.ts"

/** Written into the statement: a database matches it to the condition of the index only as a literal. */
const PENDING = sql<boolean>`state = 'pending'`

/** Keeps approvals in the table of that name. */
export function approvalStore(scope: Scope): ApprovalStore {
  return { ...asking(scope), ...puttingTo(scope), ...finding(scope), ...answering(scope), ...ending(scope) }
}

function asking({ db, organisation }: Scope): Pick<ApprovalStore, "request"> {
  return {
    async request(approval) {
      if (approval.state.kind !== "pending") throw new TypeError("what is requested is a question: pending")
      const { agent, action_hash, ...row } = toApprovalRow(approval)
      // An index holds one pending question of an agent and action, so that asking twice is asking once.
      await db
        .insertInto("approval")
        .values({ organisation, agent, action_hash, ...row })
        .onConflict((conflict) =>
          conflict.columns(["organisation", "agent", "action_hash"]).where(PENDING).doNothing(),
        )
        .execute()
      const pending = await db
        .selectFrom("approval")
        .selectAll()
        .where("organisation", "=", organisation)
        .where("agent", "=", agent)
        .where("action_hash", "=", action_hash)
        .where("state", "=", "pending")
        .executeTakeFirstOrThrow()
      const kept = fromApprovalRow(pending)
      const { id, approvers } = kept
      if (id === approval.id && approvers.length > 0) {
        await db
          .insertInto("approval_asked")
          .values(approvers.map((user) => ({ organisation, user, approval: id })))
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      }
      return kept
    },
  }
}

type Finding = Pick<
  ApprovalStore,
  "find" | "findByHandle" | "spendable" | "list" | "countPending" | "countCancellable"
>

function puttingTo({ db, organisation }: Scope): Pick<ApprovalStore, "tasksPutTo"> {
  return {
    async tasksPutTo(person, tasks) {
      const rows = await inPortions(tasks, (portion) =>
        db
          .selectFrom("approval")
          .innerJoin("approval_asked", (join) =>
            join
              .onRef("approval_asked.organisation", "=", "approval.organisation")
              .onRef("approval_asked.approval", "=", "approval.id"),
          )
          .select("approval.task")
          .distinct()
          .where("approval.organisation", "=", organisation)
          .where("approval_asked.user", "=", person)
          .where("approval.task", "in", portion)
          .execute(),
      )
      return new Set(rows.flatMap(({ task }) => task ?? []))
    },
  }
}

function finding(scope: Scope): Finding {
  const { db, organisation } = scope
  const approvals = () => db.selectFrom("approval").where("organisation", "=", organisation)
  return {
    async find(id) {
      const row = await approvals().selectAll().where("id", "=", id).executeTakeFirst()
      return row && fromApprovalRow(row)
    },

    async findByHandle(handle) {
      const row = await approvals().selectAll().where("handle", "=", handle).executeTakeFirst()
      return row && fromApprovalRow(row)
    },

    async spendable(agent, actionHash, now) {
      const rows = await approvals()
        .selectAll()
        .where("agent", "=", agent)
        .where("action_hash", "=", actionHash)
        .where("state", "=", "approved")
        .where("spent_by", "is", null)
        .where("expires_at", ">", toTime(now))
        .orderBy("expires_at")
        .orderBy("id")
        .execute()
      return rows.map(fromApprovalRow)
    },

    async list({ state, agent, answeredBy, after, limit }) {
      let query = approvals()
        .selectAll()
        .orderBy("created_at", "desc")
        .orderBy("id", "desc")
        .limit(boundedLimit(limit))
      if (state !== undefined) query = query.where("state", "=", state)
      if (agent !== undefined) query = query.where("agent", "=", agent)
      if (after) query = query.where(behind("falling", { created_at: toTime(after.createdAt), id: after.id }))
      if (answeredBy !== undefined) query = query.where(concerns(scope, answeredBy))
      return (await query.execute()).map(fromApprovalRow)
    },

    async countPending(now) {
      const { pending } = await approvals()
        .select((eb) => eb.fn.countAll<number>().as("pending"))
        .where("state", "=", "pending")
        .where("expires_at", ">", toTime(now))
        .executeTakeFirstOrThrow()
      return pending
    },

    countCancellable: (agents) =>
      countOf(agents, (portion) =>
        approvals()
          .select(({ fn }) => fn.countAll<number>().as("many"))
          .where("agent", "in", portion)
          .where("state", "in", ["pending", "approved"])
          .where("spent_by", "is", null)
          .execute(),
      ),
  }
}

/** Says in SQL which questions are about a person's agents, or were put to them. */
function concerns(scope: Scope, user: Id<"user">): RawBuilder<boolean> {
  return sql`(agent in ${answeredAgents(scope, user)} or id in (
    select approval from approval_asked where organisation = ${scope.organisation} and "user" = ${user}))`
}

function answering({ db, organisation }: Scope): Pick<ApprovalStore, "agree" | "resolve" | "spend"> {
  const change = () => db.updateTable("approval").where("organisation", "=", organisation)
  return {
    async resolve(id, state, now) {
      if (state.kind === "pending") throw new TypeError("pending is the question, not an answer to it")
      // The guard is in the statement: the database, not an earlier read, decides who wins.
      const { numUpdatedRows } = await change()
        .set(stateColumns(state))
        .where("id", "=", id)
        .where("state", "=", "pending")
        .where("expires_at", ">", toTime(now))
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async agree({ id, agreed }, { yes, approves }, now) {
      if (agreed.some(({ by }) => by === yes.by)) return false
      const { numUpdatedRows } = await change()
        .set({
          agreed: agreedText([...agreed, yes]),
          ...(approves && stateColumns({ kind: "approved", by: yes.by, at: yes.at })),
        })
        .where("id", "=", id)
        .where("state", "=", "pending")
        .where("expires_at", ">", toTime(now))
        // Two who agree at once have not seen each other: one of them judges anew.
        .where("agreed", "=", agreedText(agreed))
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async spend(id, call, now) {
      // One statement both uses it up and recognises the call that did: two of them could let two calls through.
      const { numUpdatedRows } = await change()
        .set({ spent_by: call })
        .where("id", "=", id)
        .where("state", "=", "approved")
        .where((eb) =>
          eb.or([
            eb.and([eb("spent_by", "is", null), eb("expires_at", ">", toTime(now))]),
            eb("spent_by", "=", call),
          ]),
        )
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

function ending({ db, organisation }: Scope): Pick<ApprovalStore, "cancel" | "takeBack" | "expire"> {
  const change = () => db.updateTable("approval").where("organisation", "=", organisation)
  return {
    async cancel({ agent, task }, at, why) {
      let open = change()
        .set(stateColumns({ kind: "cancelled", at, why }))
        .where("agent", "=", agent)
        .where("state", "in", ["pending", "approved"])
        .where("spent_by", "is", null)
      if (task !== undefined) open = open.where("task", "=", task)
      const rows = await open.returning("id").execute()
      return rows.map(({ id }) => id).toSorted()
    },

    async takeBack(by, at, why) {
      const rows = await change()
        .set(stateColumns({ kind: "cancelled", at, why }))
        .where("state", "=", "approved")
        .where((eb) => eb.or([eb("resolved_by", "=", by), eb("agreed", "like", `%"${by}"%`)]))
        .where("spent_by", "is", null)
        .where("expires_at", ">", toTime(at))
        .returningAll()
        .execute()
      return rows.map(fromApprovalRow)
    },

    async expire(now, limit) {
      const due = db
        .selectFrom("approval")
        .select("id")
        .where("organisation", "=", organisation)
        .where("state", "=", "pending")
        .where("expires_at", "<=", toTime(now))
        .orderBy("expires_at")
        .limit(boundedLimit(limit))
      const rows = await change()
        .set(stateColumns({ kind: "expired", at: now }))
        .where("id", "in", due)
        .returningAll()
        .execute()
      return rows.map(fromApprovalRow)
    },
  }
}
