import { type Agent, type Id, type Kind, newId } from "@tabard/core"
import type { Shelf } from "./transaction.ts"

/** Two organisations of one store, both new and empty. */
export interface Shelves {
  readonly shelf: Shelf
  /** The other organisation's: it must see nothing of the first, and move nothing in it. */
  readonly stranger: Shelf
}

/** Gives each test its own two organisations. */
export type OpenShelves = () => Promise<Shelves>

/** The time at which every contract happens. */
export const NOW: Date = new Date("2026-05-04T12:00:00.000Z")

/** Answers the time so many milliseconds after NOW. */
export function later(ms: number): Date {
  return new Date(NOW.getTime() + ms)
}

/** A new id of this kind. */
export function id<K extends Kind>(kind: K): Id<K> {
  return newId(kind, { now: () => NOW })
}

/** So many new ids of this kind, in their order. */
export function ids<K extends Kind>(kind: K, count: number): Id<K>[] {
  return Array.from({ length: count }, () => id(kind)).toSorted()
}

/** Does it twenty times at once, and answers what each got. */
export function atOnce<Result>(work: (turn: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: 20 }, (_, turn) => work(turn)))
}

/** How many of the answers are true. */
export function won(answers: readonly boolean[]): number {
  return answers.filter(Boolean).length
}

/** An agent as it is found: nobody's, without a mandate. */
export function foundAgent(differs: Partial<Agent> = {}): Agent {
  return { id: id("agent"), state: "discovered", owner: null, mandate: null, createdAt: NOW, ...differs }
}
