import type { PersonView } from "@tabard/api"
import type { Transaction } from "@tabard/control"
import { effectiveFacts, type Fact, type Id, isId, type Kind } from "@tabard/core"

/** Today's names of people and agents, for showing what is kept as ids. */
export interface Names {
  person(id: Id<"user">): PersonView
  /** Whether a person is here and active. */
  isActive(id: Id<"user">): boolean
  agent(id: Id<"agent">): { readonly id: string; readonly name: string }
}

/** Whose names are asked for. */
export interface Named {
  readonly agents?: readonly Id<"agent">[]
  readonly people?: readonly (Id<"user"> | null)[]
}

/** Reads the names of these people and agents; nobody else's are known. */
export async function namesOf(
  tx: Pick<Transaction, "facts" | "users">,
  { agents = [], people: asked = [] }: Named,
): Promise<Names> {
  const ids = new Set(asked.filter((id) => id !== null))
  const people = new Map((await tx.users.findAll([...ids])).map((user) => [user.id, user]))
  const facts = await tx.facts.of([...new Set(agents)])
  const named = new Map(
    [...Map.groupBy(facts, ({ subject }) => subject)].map(([id, own]) => [id, agentName(own)]),
  )
  return {
    person: (id) => ({ id, name: people.get(id)?.name ?? "somebody who has left" }),
    isActive: (id) => people.get(id)?.active === true,
    agent: (id) => ({ id, name: named.get(id) ?? "an agent" }),
  }
}

/** Answers the name that holds for an agent. */
export function agentName(facts: readonly Fact[]): string {
  const name = effectiveFacts(facts).get("name")?.value
  return typeof name === "string" ? name : "an agent"
}

/** Answers every person's id that stands somewhere in a value. */
export function peopleIn(value: unknown): readonly Id<"user">[] {
  return idsIn("user", value)
}

/** Answers every id of a kind that stands somewhere in a value. */
export function idsIn<K extends Kind>(kind: K, value: unknown): readonly Id<K>[] {
  if (isId(kind, value)) return [value]
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap((part) => idsIn(kind, part))
    : []
}
