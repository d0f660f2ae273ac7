import { type RawBuilder, sql } from "kysely"

/** Reports may arrive late: whichever saw the thing first keeps the word. */
export function earliest(table: "observation" | "observed_server" | "credential"): RawBuilder<number> {
  const [kept, offered] = [sql.ref<number>(`${table}.first_seen`), sql.ref<number>("excluded.first_seen")]
  return sql<number>`case when ${offered} < ${kept} then ${offered} else ${kept} end`
}
