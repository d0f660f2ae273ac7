import { isId, type Organisation, type Tiers } from "@tabard/core"
import { entitiesNamed, PolicyInvalid, type WrittenPolicy } from "@tabard/policy"
import type { Transaction } from "../transaction.ts"

/** The stores that say whether what a policy names is there. */
export type NamedReads = Pick<Transaction, "agents" | "servers" | "teams" | "users">

/** Where policies speak. */
export interface Speaking {
  readonly organisation: Pick<Organisation, "id">
  readonly tiers: Tiers
}

/**
 * Refuses policies that name what is not there: one that means another organisation, or an agent that is misspelt, would be
 * shown to people and bind nobody.
 *
 * @throws {PolicyInvalid}
 */
export async function assertKnownEntities(
  tx: NamedReads,
  { organisation, tiers }: Speaking,
  policies: readonly WrittenPolicy[],
): Promise<void> {
  const known = new Map<string, boolean>()
  for (const { id: policy, json, position } of policies) {
    for (const { type, id } of entitiesNamed(json)) {
      const key = `${type}::${id}`
      const isThere = known.get(key) ?? (await isKnown(tx, { organisation, tiers }, { type, id }))
      known.set(key, isThere)
      if (!isThere)
        throw new PolicyInvalid(
          policy,
          `there is no ${type.slice("Tabard::".length)} ${id.slice(0, 80)} here`,
          position,
        )
    }
  }
}

async function isKnown(
  tx: NamedReads,
  { organisation, tiers }: Speaking,
  { type, id }: { readonly type: string; readonly id: string },
): Promise<boolean> {
  switch (type) {
    case "Tabard::Organisation":
      return id === organisation.id
    case "Tabard::Tier":
      return tiers.has(id)
    // Actions are checked against the schema; targets and systems are whatever servers say that they are.
    default:
      return LOOKS[type] === undefined || (await LOOKS[type](tx, id)) !== undefined
  }
}

type Look = (tx: NamedReads, id: string) => Promise<unknown>

/** Where each kind of entity is looked for that has an id of ours. */
const LOOKS: Readonly<Record<string, Look>> = {
  "Tabard::Agent": async ({ agents }, id) => (isId("agent", id) ? agents.find(id) : undefined),
  "Tabard::User": async ({ users }, id) => (isId("user", id) ? users.find(id) : undefined),
  "Tabard::Team": async ({ teams }, id) => (isId("team", id) ? teams.find(id) : undefined),
  "Tabard::Server": async ({ servers }, id) => (isId("server", id) ? servers.find(id) : undefined),
}
