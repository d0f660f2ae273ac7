import type { Id } from "@tabard/core"
import type { Kysely } from "kysely"
import type { Capabilities } from "./database.ts"
import type { Tables } from "./tables/tables.ts"

/** What a store of rows works on: one transaction, of one organisation. */
export interface Scope extends Capabilities {
  readonly db: Kysely<Tables>
  readonly organisation: Id<"organisation">
}
