import type { IndexedKind } from "@tabard/control"
import type { Id } from "@tabard/core"
import { type RawBuilder, sql } from "kysely"
import type { Scope } from "../scope.ts"
import { answeredAgents } from "./answered-agents.ts"

/** Says in SQL which things of a kind concern the agents that a person answers for; of kinds that concern none, nothing. */
export function ownFound(scope: Scope, kind: IndexedKind, user: Id<"user">): RawBuilder<string> {
  switch (kind) {
    case "agent":
      return answeredAgents(scope, user)
    case "server":
      return sql`(${usedBy(scope, answeredAgents(scope, user))})`
    case "system":
      return ownSystems(scope, user)
    case "person":
    case "reporter":
    case "team":
    case "tool":
    case "upstream":
      return sql`(select subject from search_word where 1 = 0)`
  }
}

/** Says in SQL what agents were seen to use and hold. */
export function usedBy({ organisation }: Scope, agents: RawBuilder<Id<"agent">>): RawBuilder<string> {
  return sql`select target from agent_use where organisation = ${organisation} and agent in ${agents}`
}

function ownSystems(scope: Scope, user: Id<"user">): RawBuilder<string> {
  const { organisation } = scope
  const used = usedBy(scope, answeredAgents(scope, user))
  return sql`(select system from observed_server where organisation = ${organisation} and id in (${used})
      and system is not null
    union select provider from credential where organisation = ${organisation} and id in (${used})
      and provider is not null)`
}
