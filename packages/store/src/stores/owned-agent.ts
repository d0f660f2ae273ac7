import type { AgentStore } from "@tabard/control"
import type { Agent, User } from "@tabard/core"
import { compiledOnce } from "../compiled-once.ts"
import type { Scope } from "../scope.ts"
import type { AgentRow, UserRow } from "../tables/registry.ts"
import { agentFromRow } from "./agent-rows.ts"
import { type TellingColumn, userFromRow } from "./user-rows.ts"

const OWNER_COLUMNS = [
  "user.id as owner_id",
  "user.name as owner_name",
  "user.email as owner_email",
  "user.role as owner_role",
  "user.active as owner_active",
  "user.created_at as owner_created_at",
  "user.manager as owner_manager",
  "user.erased_at as owner_erased_at",
  "user.removed_at as owner_removed_at",
] as const

const ownedAgent = compiledOnce((db, { organisation, id }: Pick<AgentRow, "organisation" | "id">) =>
  db
    .selectFrom("agent")
    .leftJoin("user", (join) =>
      join.onRef("user.organisation", "=", "agent.organisation").onRef("user.id", "=", "agent.owner"),
    )
    .selectAll("agent")
    .select(OWNER_COLUMNS)
    .where("agent.organisation", "=", organisation)
    .where("agent.id", "=", id),
)

/** Answers an agent with its owner, in one statement: every token and every call asks for both. */
export async function findOwned(
  { db, organisation }: Scope,
  id: Agent["id"],
): ReturnType<AgentStore["findOwned"]> {
  const [row] = await ownedAgent(db, { organisation, id })
  return row && { agent: agentFromRow(row), owner: ownerFromRow(row) }
}

/** All of them are null where there is no owner. */
type OwnerRow = { readonly [Column in TellingColumn as `owner_${Column}`]: UserRow[Column] | null }

function ownerFromRow(row: OwnerRow): User | undefined {
  const { owner_id: id, owner_name: name, owner_email: email } = row
  const { owner_role: role, owner_active: active, owner_created_at: created_at } = row
  if (id === null || name === null || email === null) return undefined
  if (role === null || active === null || created_at === null) return undefined
  const { owner_manager: manager, owner_erased_at: erased_at, owner_removed_at: removed_at } = row
  return userFromRow({ id, name, email, role, active, created_at, manager, erased_at, removed_at })
}
