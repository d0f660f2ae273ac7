import type { Id } from "@tabard/core"
import { type RawBuilder, sql } from "kysely"
import type { Scope } from "../scope.ts"

/** Says in SQL, as the rows of one column, which agents a person owns, helps with or is asked to take on. */
export function answeredAgents(
  { organisation }: Pick<Scope, "organisation">,
  user: Id<"user">,
): RawBuilder<Id<"agent">> {
  return sql`(select id from agent where organisation = ${organisation} and owner = ${user}
    union select agent from maintainer where organisation = ${organisation} and "user" = ${user}
    union select agent from ownership_offer
      where organisation = ${organisation} and to_user = ${user} and state = 'pending')`
}
