import type { NamedKind } from "@tabard/control"
import { type Id, isId } from "@tabard/core"
import { type RawBuilder, sql } from "kysely"
import { boundedLimit } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { Tables } from "../tables/tables.ts"
import { answeredAgents } from "./answered-agents.ts"

/** Says in SQL whether a row concerns the agents that a person answers for. */
type IsOwn = (scope: Scope, user: Id<"user">) => RawBuilder<unknown>

const isOwnAgent =
  (column: "agent" | "id"): IsOwn =>
  (scope, user) =>
    sql`${sql.ref(column)} in ${answeredAgents(scope, user)}`

/** Two questions rather than one union: SQLite would sort all that anybody uses to join them. */
const isAboutOwn: IsOwn = (scope, user) => {
  const agents = answeredAgents(scope, user)
  return sql`(subject in ${agents} or subject in (select target from agent_use
    where organisation = ${scope.organisation} and agent in ${agents}))`
}

const isNobodys: IsOwn = () => sql`1 = 0`

/** Where each kind of id is kept, and which of its rows are a person's own; what is no agent's is nobody's. */
const KEPT_IN: Readonly<Record<NamedKind, { readonly table: keyof Tables; readonly isOwn: IsOwn }>> = {
  agent: { table: "agent", isOwn: isOwnAgent("id") },
  approval: { table: "approval", isOwn: isOwnAgent("agent") },
  credential: { table: "credential", isOwn: isNobodys },
  decision: { table: "decision", isOwn: isOwnAgent("agent") },
  event: { table: "event", isOwn: isOwnAgent("agent") },
  finding: { table: "finding", isOwn: isAboutOwn },
  reporter: { table: "reporter", isOwn: isNobodys },
  server: { table: "observed_server", isOwn: isNobodys },
  task: { table: "task", isOwn: isOwnAgent("agent") },
  team: { table: "team", isOwn: isNobodys },
  user: { table: "user", isOwn: isNobodys },
}

/** Of how many ids that begin so a person's own are picked: of a million of others' none must be asked about each. */
const LOOKED_AT = 1_000

/** Answers the ids of a kind that begin so, by a walk along the key of its table. */
export async function idsStartingWith<K extends NamedKind>(
  scope: Scope,
  kind: K,
  {
    beginning,
    answeredBy,
    limit,
  }: { readonly beginning: string; readonly answeredBy?: Id<"user">; readonly limit: number },
): Promise<readonly Id<K>[]> {
  const { table, isOwn } = KEPT_IN[kind]
  // Every letter of an id sorts before this one.
  const end = `${beginning}~`
  const begun = sql`select * from ${sql.table(table)} where organisation = ${scope.organisation}
    and id >= ${beginning} and id < ${end} order by id desc limit ${answeredBy ? LOOKED_AT : limit}`
  const own = answeredBy ? isOwn(scope, answeredBy) : sql`1 = 1`
  const { rows } = await sql<{ id: string }>`select id from (${begun}) as begun where ${own}
    order by id desc limit ${boundedLimit(limit)}`.execute(scope.db)
  return rows.map(({ id }) => id).filter((id): id is Id<K> => isId(kind, id))
}
