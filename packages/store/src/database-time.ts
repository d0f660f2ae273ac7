import { type RawBuilder, sql } from "kysely"

/** PostgreSQL's own time in milliseconds: several processes with several clocks must agree when something ends. */
export const DATABASE_TIME: RawBuilder<number> = sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`
