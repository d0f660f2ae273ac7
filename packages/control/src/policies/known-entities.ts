import { isId, nearestWord, type Organisation, type Tiers } from "@tabard/core"
import { entitiesNamed, PolicyInvalid, type WrittenPolicy } from "@tabard/policy"
import { unknownAsked } from "../approvals/unknown-asked.ts"
import type { Transaction } from "../transaction.ts"
import { nameableSystems } from "../upstreams/system-behind.ts"

/** The stores that say whether what a policy names is there. */
export type NamedReads = Pick<Transaction, "agents" | "servers" | "tasks" | "teams" | "users">

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
  const speaking = { organisation, tiers }
  for (const { id: policy, json, position } of policies) {
    const unknown = await unknownAsked(
      tx,
      json.annotations?.["ask"] ?? json.annotations?.["requestable"] ?? "",
    )
    if (unknown !== undefined) throw new PolicyInvalid(policy, unknown, position)
    for (const named of entitiesNamed(json)) {
      const key = `${named.type}::${named.id}`
      const isThere = known.get(key) ?? (await isKnown(tx, speaking, named))
      known.set(key, isThere)
      if (!isThere) throw new PolicyInvalid(policy, notThere(named, speaking), position)
    }
  }
}

interface Named {
  readonly type: string
  readonly id: string
}

async function isKnown(tx: NamedReads, speaking: Speaking, { type, id }: Named): Promise<boolean> {
  const among = namesOf(type, speaking)
  if (among) return among.has(id)
  // Actions are checked against the schema.
  return LOOKS[type] === undefined || (await LOOKS[type](tx, id)) !== undefined
}

/** Every name that there is of a type whose names are few. */
function namesOf(type: string, { organisation, tiers }: Speaking): ReadonlySet<string> | undefined {
  switch (type) {
    case "Tabard::Organisation":
      return new Set([organisation.id])
    case "Tabard::Tier":
      return new Set(tiers.keys())
    case "Tabard::System":
      return nameableSystems()
    default:
      return undefined
  }
}

function notThere({ type, id }: Named, speaking: Speaking): string {
  const meant = nearestWord(id, namesOf(type, speaking) ?? [])
  const hint = meant === undefined ? "" : `; is ${meant} meant?`
  return `there is no ${type.slice("Tabard::".length)} ${id.slice(0, 80)} here${hint}`
}

type Look = (tx: NamedReads, id: string) => Promise<unknown>

/** Where each kind of entity is looked for that has an id of ours. */
const LOOKS: Readonly<Record<string, Look>> = {
  "Tabard::Agent": async ({ agents }, id) => (isId("agent", id) ? agents.find(id) : undefined),
  "Tabard::User": async ({ users }, id) => (isId("user", id) ? users.find(id) : undefined),
  "Tabard::Team": async ({ teams }, id) => (isId("team", id) ? teams.find(id) : undefined),
  "Tabard::Task": async ({ tasks }, id) => (isId("task", id) ? tasks.find(id) : undefined),
  "Tabard::Server": findServer,
  // What is acted on within a server is whatever the server says that there is.
  "Tabard::Resource": (tx, id) => findServer(tx, id.includes("/") ? id.slice(0, id.indexOf("/")) : ""),
}

async function findServer({ servers }: NamedReads, id: string): Promise<unknown> {
  return isId("server", id) ? servers.find(id) : undefined
}
