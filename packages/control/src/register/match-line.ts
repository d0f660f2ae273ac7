import { isId, type User } from "@tabard/core"
import { BY_HAND } from "../registry/enter-agent.ts"
import { type KnownEntry, type KnownRegister, nameKey } from "./known-register.ts"
import type { RegisterLine } from "./read-register.ts"

/** Which agent a line is about: one that is known, a new one, or why nobody can tell. */
export type Match = { readonly entry: KnownEntry } | { readonly problem: string } | { readonly isNew: true }

/** An id names one agent. Without one, name and owner do; where they name no single one, nobody guesses. */
export function matchOf(
  { cells }: RegisterLine,
  { byId, byName }: KnownRegister,
  owner: User | undefined,
): Match {
  const id = cells.get("id")
  if (id !== undefined) return byIdOf(byId, id)
  const name = cells.get("name")
  return name === undefined
    ? { problem: "name: it is empty" }
    : byNameOf(byName.get(nameKey(name)) ?? [], owner)
}

/** Answers whether a person owns an agent, or is asked to. */
export function isOf({ agent, offer }: KnownEntry, { id }: User): boolean {
  return agent.owner === id || offer?.to === id
}

function byIdOf(byId: KnownRegister["byId"], id: string): Match {
  const entry = isId("agent", id) ? byId.get(id) : undefined
  return (
    (entry && { entry }) ?? {
      problem: `there is no agent ${id.slice(0, 80)}: leave the id empty to enter a new one`,
    }
  )
}

function byNameOf(called: readonly KnownEntry[], owner: User | undefined): Match {
  const [match, ...more] = owner ? called.filter((entry) => isOf(entry, owner)) : called
  if (match && more.length === 0) return { entry: match }
  if (match) return { problem: `several agents are called so: ${WHICH}` }
  const [only, ...others] = called
  if (!only) return { isNew: true }
  if (others.length === 0 && isUnanswered(only)) return { entry: only }
  return {
    problem: `an agent called so is here, of another owner or of none: ${WHICH}, or give this one a name of its own`,
  }
}

/** Entered by hand before, and whoever was asked to own it said no or nothing: they are asked again. */
function isUnanswered({ agent, offer, facts }: KnownEntry): boolean {
  return agent.owner === null && offer === undefined && facts.get("origin")?.value === BY_HAND
}

const WHICH = "put the id of the one that is meant into the column id"
