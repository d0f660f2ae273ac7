import type { ObservationStore } from "@tabard/control"
import { type RawBuilder, sql } from "kysely"
import { boundedLimit, fromTime, inPortions } from "../columns.ts"
import type { Scope } from "../scope.ts"
import { agentUses } from "./agent-uses.ts"
import {
  fromCredentialRow,
  fromObservationRow,
  fromScanRow,
  fromServerRow,
  toCredentialRow,
  toObservationRow,
  toScanRow,
  toServerRow,
} from "./observation-rows.ts"
import { observedTroubles } from "./observed-troubles.ts"

/** Keeps what was seen in `scan`, `observation`, `observed_server`, `credential` and `agent_use`. */
export function observationStore(scope: Scope): ObservationStore {
  return {
    ...scans(scope),
    ...seen(scope),
    ...seenServers(scope),
    ...seenCredentials(scope),
    ...agentUses(scope),
    ...observedTroubles(scope),
  }
}

function scans({ db, organisation }: Scope): Pick<ObservationStore, "insertScan" | "listScans"> {
  return {
    async insertScan(scan) {
      await db
        .insertInto("scan")
        .values({ organisation, ...toScanRow(scan) })
        .execute()
    },

    async listScans(limit) {
      const rows = await db
        .selectFrom("scan")
        .selectAll()
        .where("organisation", "=", organisation)
        .orderBy("finished_at", "desc")
        .orderBy("id", "desc")
        .limit(boundedLimit(limit))
        .execute()
      return rows.map(fromScanRow)
    },
  }
}

function seen({ db, organisation }: Scope): Pick<ObservationStore, "subjectOf" | "put" | "of" | "lastSeen"> {
  const observations = () => db.selectFrom("observation").where("organisation", "=", organisation)
  return {
    async subjectOf(kind, key) {
      const row = await observations()
        .select("subject")
        .where("kind", "=", kind)
        .where("key", "=", key)
        .orderBy("first_seen")
        .orderBy("reporter")
        .limit(1)
        .executeTakeFirst()
      return row?.subject
    },

    async put(observation) {
      const { first_seen, ...latest } = toObservationRow(observation)
      await db
        .insertInto("observation")
        .values({ organisation, first_seen, ...latest })
        .onConflict((conflict) =>
          conflict
            .columns(["organisation", "kind", "key", "reporter"])
            .doUpdateSet({ ...latest, first_seen: earliest("observation") }),
        )
        .execute()
    },

    async of(subjects) {
      const rows = await inPortions(subjects, (portion) =>
        observations()
          .selectAll()
          .where("subject", "in", portion)
          .orderBy("subject")
          .orderBy("reporter")
          .orderBy("key")
          .execute(),
      )
      return rows.map(fromObservationRow)
    },

    async lastSeen(subjects) {
      const rows = await inPortions(subjects, (portion) =>
        observations()
          .select(["subject", (eb) => eb.fn.max("last_seen").as("last_seen")])
          .where("subject", "in", portion)
          .groupBy("subject")
          .execute(),
      )
      return new Map(rows.map((row) => [row.subject, fromTime(row.last_seen)]))
    },
  }
}

function seenServers({
  db,
  organisation,
}: Scope): Pick<ObservationStore, "putServer" | "listServers" | "findServers"> {
  return {
    async putServer(server) {
      const { first_seen, ...latest } = toServerRow(server)
      await db
        .insertInto("observed_server")
        .values({ organisation, first_seen, ...latest })
        .onConflict((conflict) =>
          conflict
            .columns(["organisation", "id"])
            .doUpdateSet({ ...latest, first_seen: earliest("observed_server") }),
        )
        .execute()
    },

    async listServers(limit) {
      const rows = await db
        .selectFrom("observed_server")
        .selectAll()
        .where("organisation", "=", organisation)
        .orderBy("id")
        .limit(boundedLimit(limit))
        .execute()
      return rows.map(fromServerRow)
    },

    async findServers(ids) {
      const rows = await inPortions(ids, (portion) =>
        db
          .selectFrom("observed_server")
          .selectAll()
          .where("organisation", "=", organisation)
          .where("id", "in", portion)
          .orderBy("id")
          .execute(),
      )
      return rows.map(fromServerRow)
    },
  }
}

function seenCredentials({
  db,
  organisation,
}: Scope): Pick<ObservationStore, "putCredential" | "listCredentials" | "findCredentials"> {
  return {
    async putCredential(credential) {
      const { first_seen, ...latest } = toCredentialRow(credential)
      await db
        .insertInto("credential")
        .values({ organisation, first_seen, ...latest })
        .onConflict((conflict) =>
          conflict
            .columns(["organisation", "id"])
            .doUpdateSet({ ...latest, first_seen: earliest("credential") }),
        )
        .execute()
    },

    async listCredentials(limit) {
      const rows = await db
        .selectFrom("credential")
        .selectAll()
        .where("organisation", "=", organisation)
        .orderBy("id")
        .limit(boundedLimit(limit))
        .execute()
      return rows.map(fromCredentialRow)
    },

    async findCredentials(ids) {
      const rows = await inPortions(ids, (portion) =>
        db
          .selectFrom("credential")
          .selectAll()
          .where("organisation", "=", organisation)
          .where("id", "in", portion)
          .orderBy("id")
          .execute(),
      )
      return rows.map(fromCredentialRow)
    },
  }
}

/** Reports may arrive late: whichever saw the thing first keeps the word. */
function earliest(table: "observation" | "observed_server" | "credential"): RawBuilder<number> {
  const [kept, offered] = [sql.ref<number>(`${table}.first_seen`), sql.ref<number>("excluded.first_seen")]
  return sql<number>`case when ${offered} < ${kept} then ${offered} else ${kept} end`
}
