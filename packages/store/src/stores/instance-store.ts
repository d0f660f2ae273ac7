import type { Enrolment, InstanceStore } from "@tabard/control"
import type { EarlierKey, Instance } from "@tabard/core"
import { countOf, fromJson, fromTime, fromTimeOrNull, toJson, toTime, toTimeOrNull } from "../columns.ts"
import { compiledOnce } from "../compiled-once.ts"
import type { Scope } from "../scope.ts"
import type { EnrolmentRow, InstanceRow } from "../tables/authority.ts"

/** Keeps enrolled keys in `instance` and the codes that let one in in `enrolment`. */
export function instanceStore(scope: Scope): InstanceStore {
  return { ...enrolments(scope), ...instances(scope), ...instanceKeys(scope), ...revocation(scope) }
}

function enrolments({
  db,
  organisation,
}: Scope): Pick<InstanceStore, "offerEnrolment" | "takeEnrolment" | "withdrawEnrolments"> {
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

    async withdrawEnrolments(of) {
      const open = db.deleteFrom("enrolment").where("organisation", "=", organisation)
      const withdrawn =
        "agent" in of ? open.where("agent", "=", of.agent) : open.where("created_by", "=", of.createdBy)
      const { numDeletedRows } = await withdrawn.executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
  }
}

/** Keeps the keys of instances apart from each other, the earlier ones in `earlier_key`. */
function instanceKeys({ db, organisation }: Scope): Pick<InstanceStore, "insert" | "rotate"> {
  const isEarlier = async (thumbprint: string): Promise<boolean> => {
    const of = db.selectFrom("earlier_key").select("thumbprint").where("organisation", "=", organisation)
    return (await of.where("thumbprint", "=", thumbprint).executeTakeFirst()) !== undefined
  }
  const isPresent = async (thumbprint: string): Promise<boolean> => {
    const of = db.selectFrom("instance").select("id").where("organisation", "=", organisation)
    return (await of.where("thumbprint", "=", thumbprint).executeTakeFirst()) !== undefined
  }
  return {
    async insert(instance) {
      if (instance.thumbprint && (await isEarlier(instance.thumbprint))) return false
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("instance")
        .values({ organisation, ...toRow(instance) })
        .onConflict((conflict) => conflict.columns(["organisation", "thumbprint"]).doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async rotate(instance, { from, to, keyStorage, at, endsAt }) {
      if ((await isEarlier(to.thumbprint)) || (await isPresent(to.thumbprint))) return false
      const { numUpdatedRows } = await db
        .updateTable("instance")
        .set((row) => ({
          earlier_jwk: row.ref("jwk"),
          earlier_thumbprint: row.ref("thumbprint"),
          earlier_ends_at: toTime(endsAt),
          jwk: toJson(to.jwk),
          thumbprint: to.thumbprint,
          key_storage: keyStorage ?? null,
          rotated_at: toTime(at),
        }))
        .where("organisation", "=", organisation)
        .where("id", "=", instance)
        .where("kind", "=", "key")
        .where("thumbprint", "=", from)
        .where("revoked_at", "is", null)
        .executeTakeFirstOrThrow()
      if (numUpdatedRows !== 1n) return false
      const earlier = { organisation, thumbprint: from, instance, replaced_at: toTime(at) }
      await db.insertInto("earlier_key").values(earlier).execute()
      return true
    },
  }
}

const instanceById = compiledOnce((db, { organisation, id }: Pick<InstanceRow, "organisation" | "id">) =>
  db.selectFrom("instance").selectAll().where("organisation", "=", organisation).where("id", "=", id),
)

function instances({ db, organisation }: Scope): Pick<InstanceStore, "find" | "of" | "countLive"> {
  const rows = () => db.selectFrom("instance").selectAll().where("organisation", "=", organisation)
  return {
    async find(id) {
      const [row] = await instanceById(db, { organisation, id })
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

const markUsed = compiledOnce(
  (db, { organisation, id, last_used_at }: Pick<InstanceRow, "organisation" | "id" | "last_used_at">) =>
    db
      .updateTable("instance")
      .set({ last_used_at })
      .where("organisation", "=", organisation)
      .where("id", "=", id)
      .where("revoked_at", "is", null),
)

function revocation({ db, organisation }: Scope): Pick<InstanceStore, "markUsed" | "revoke" | "revokeAll"> {
  const live = () =>
    db.updateTable("instance").where("organisation", "=", organisation).where("revoked_at", "is", null)
  return {
    async markUsed(id, at) {
      await markUsed(db, { organisation, id, last_used_at: toTime(at) })
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
    key_storage: instance.keyStorage ?? null,
    rotated_at: toTimeOrNull(instance.rotatedAt ?? null),
    earlier_jwk: instance.earlierKey ? toJson(instance.earlierKey.jwk) : null,
    earlier_thumbprint: instance.earlierKey?.thumbprint ?? null,
    earlier_ends_at: toTimeOrNull(instance.earlierKey?.endsAt ?? null),
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
    ...(row.key_storage !== null && { keyStorage: row.key_storage }),
    ...(row.rotated_at !== null && { rotatedAt: fromTime(row.rotated_at) }),
    ...earlierKeyOf(row),
  }
}

function earlierKeyOf(row: InstanceRow): { earlierKey?: EarlierKey } {
  const { earlier_jwk: kept, earlier_thumbprint: thumbprint, earlier_ends_at: endsAt } = row
  const jwk = kept && fromJson(kept)
  if (!jwk || thumbprint === null || endsAt === null) return {}
  return { earlierKey: { jwk, thumbprint, endsAt: fromTime(endsAt) } }
}
