import type { NamedKind } from "@tabard/control"
import { type Id, isId } from "@tabard/core"
import { sql } from "kysely"
import { boundedLimit } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { Tables } from "../tables/tables.ts"
import { ownSubjects } from "./search-sight.ts"

/** Where each kind of id is kept, and the column that tells whose it is; people and teams are nobody's. */
const KEPT_IN: Readonly<
  Record<NamedKind, { readonly table: keyof Tables; readonly whose: "agent" | "id" | "subject" }>
> = {
  agent: { table: "agent", whose: "id" },
  approval: { table: "approval", whose: "agent" },
  credential: { table: "credential", whose: "id" },
  decision: { table: "decision", whose: "agent" },
  event: { table: "event", whose: "agent" },
  finding: { table: "finding", whose: "subject" },
  reporter: { table: "reporter", whose: "id" },
  server: { table: "observed_server", whose: "id" },
  task: { table: "task", whose: "agent" },
  team: { table: "team", whose: "id" },
  user: { table: "user", whose: "id" },
}

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
  const { table, whose } = KEPT_IN[kind]
  const own = answeredBy ? sql`and ${sql.ref(whose)} in ${ownSubjects(scope, answeredBy)}` : sql``
  // Every letter of an id sorts before this one.
  const end = `${beginning}~`
  const { rows } = await sql<{ id: string }>`select id from ${sql.table(table)}
    where organisation = ${scope.organisation} and id >= ${beginning} and id < ${end} ${own}
    order by id desc limit ${boundedLimit(limit)}`.execute(scope.db)
  return rows.map(({ id }) => id).filter((id): id is Id<K> => isId(kind, id))
}
