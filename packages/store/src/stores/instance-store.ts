import type { Enrolment, InstanceStore } from "@tabard/control"
import type { Instance } from "@tabard/core"
import { countOf, fromJson, fromTime, fromTimeOrNull, toJson, toTime, toTimeOrNull } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { EnrolmentRow, InstanceRow } from "../tables/authority.ts"

/** Keeps enrolled keys in `instance` and the codes that let one in in `enrolment`. */
export function instanceStore(scope: Scope): InstanceStore {
  return { ...enrolments(scope), ...instances(scope), ...revocation(scope) }
}

function enrolments({ db, organisation }: Scope): Pick<InstanceStore, "offerEnrolment" | "takeEnrolment"> {
  return {
    async offerEnrolment(enrolment) {
      await db
        .insertInto("enrolment")
        .values({
          organisation,
          code_hash: enrolment.codeHash,
          agent: enrolment.agent,
          created_by: enrolment.createdBy,
          expires_at: toTime(enrolment.expiresAt),
        })
        .execute()
    },

    async takeEnrolment(codeHash, now) {
      const row = await db
        .deleteFrom("enrolment")
        .where("organisation", "=", organisation)
        .where("code_hash", "=", codeHash)
        .where("expires_at", ">", toTime(now))
        .returningAll()
        .executeTakeFirst()
      return row && fromEnrolmentRow(row)
    },
  }
}

function instances({ db, organisation }: Scope): Pick<InstanceStore, "insert" | "find" | "of" | "countLive"> {
  const rows = () => db.selectFrom("instance").selectAll().where("organisation", "=", organisation)
  return {
    async insert(instance) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("instance")
        .values({ organisation, ...toRow(instance) })
        .onConflict((conflict) => conflict.columns(["organisation", "thumbprint"]).doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async find(id) {
      const row = await rows().where("id", "=", id).executeTakeFirst()
      return row && fromRow(row)
    },

    countLive: (agents) =>
      countOf(agents, (portion) =>
        db
          .selectFrom("instance")
          .select(({ fn }) => fn.countAll<number>().as("many"))
          .where("organisation", "=", organisation)
          .where("agent", "in", portion)
          .where("revoked_at", "is", null)
          .execute(),
      ),

    async of(agent) {
      const found = await rows().where("agent", "=", agent).orderBy("enrolled_at").orderBy("id").execute()
      return found.map(fromRow)
    },
  }
}

function revocation({ db, organisation }: Scope): Pick<InstanceStore, "markUsed" | "revoke" | "revokeAll"> {
  const live = () =>
    db.updateTable("instance").where("organisation", "=", organisation).where("revoked_at", "is", null)
  return {
    async markUsed(id, at) {
      await live()
        .set({ last_used_at: toTime(at) })
        .where("id", "=", id)
        .execute()
    },

    async revoke(id, at) {
      const { numUpdatedRows } = await live()
        .set({ revoked_at: toTime(at) })
        .where("id", "=", id)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async revokeAll(agent, at) {
      await db
        .deleteFrom("enrolment")
        .where("organisation", "=", organisation)
        .where("agent", "=", agent)
        .execute()
      const { numUpdatedRows } = await live()
        .set({ revoked_at: toTime(at) })
        .where("agent", "=", agent)
        .executeTakeFirstOrThrow()
      return Number(numUpdatedRows)
    },
  }
}

function fromEnrolmentRow(row: EnrolmentRow): Enrolment {
  return {
    codeHash: row.code_hash,
    agent: row.agent,
    createdBy: row.created_by,
    expiresAt: fromTime(row.expires_at),
  }
}

function toRow(instance: Instance): Omit<InstanceRow, "organisation"> {
  return {
    id: instance.id,
    agent: instance.agent,
    label: instance.label,
    kind: instance.kind,
    jwk: toJson(instance.jwk),
    thumbprint: instance.thumbprint ?? `none ${instance.id}`,
    enrolled_at: toTime(instance.enrolledAt),
    last_used_at: toTimeOrNull(instance.lastUsedAt),
    revoked_at: toTimeOrNull(instance.revokedAt),
  }
}

function fromRow(row: InstanceRow): Instance {
  return {
    id: row.id,
    agent: row.agent,
    label: row.label,
    kind: row.kind,
    jwk: fromJson(row.jwk),
    thumbprint: row.kind === "key" ? row.thumbprint : null,
    enrolledAt: fromTime(row.enrolled_at),
    lastUsedAt: fromTimeOrNull(row.last_used_at),
    revokedAt: fromTimeOrNull(row.revoked_at),
  }
}
