import type { Json, User } from "@tabard/core"
import type { Column } from "./columns.ts"
import type { KnownEntry } from "./known-register.ts"

/** Answers the cells that tell of an agent what people may say of it, and how it stands. */
export function entryCells(
  { agent, name, facts, offer }: KnownEntry,
  people: ReadonlyMap<string, User>,
): Readonly<Partial<Record<Column, string | undefined>>> {
  const stated = (fact: string): string | undefined => cellOf(facts.get(fact)?.value)
  return {
    id: agent.id,
    name,
    owner: people.get(agent.owner ?? "")?.email,
    purpose: agent.mandate?.purpose ?? stated("purpose"),
    category: stated("category"),
    environment: stated("environment"),
    "data classes": stated("dataClasses"),
    systems: stated("systems"),
    "last review": stated("lastReview"),
    "next review": stated("nextReview"),
    asked: people.get(offer?.to ?? "")?.email,
    state: agent.state,
  }
}

function cellOf(value: Json | undefined): string | undefined {
  if (Array.isArray(value)) return value.filter((item) => typeof item === "string").join("; ")
  return typeof value === "string" ? value : undefined
}
