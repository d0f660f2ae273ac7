import type { AgentState, Category } from "@tabard/core"
import { CATEGORY_WORDS, STATE_WORDS } from "../../words/agent-words.ts"

/** What the address says about which agents are shown, and in which order. */
export interface AgentsSearch {
  readonly state?: AgentState
  readonly category?: Category
  readonly orphaned?: "yes"
  readonly plaintext?: "yes"
  readonly q?: string
  /** A column, with `-` before it where the order is turned. */
  readonly sort?: string
}

const TEXT_MAX = 200
const SORT = /^-?[a-zA-Z]{1,20}$/

/** Reads the address; what it does not understand it leaves out. */
export function parseAgentsSearch(raw: Readonly<Record<string, unknown>>): AgentsSearch {
  const state = keyOf(STATE_WORDS, raw["state"])
  const category = keyOf(CATEGORY_WORDS, raw["category"])
  const { q, sort } = raw
  return {
    ...(state && { state }),
    ...(category && { category }),
    ...(raw["orphaned"] === "yes" && { orphaned: "yes" as const }),
    ...(raw["plaintext"] === "yes" && { plaintext: "yes" as const }),
    ...(typeof q === "string" && q && { q: q.slice(0, TEXT_MAX) }),
    ...(typeof sort === "string" && SORT.test(sort) && { sort }),
  }
}

function keyOf<Key extends string>(words: Readonly<Record<Key, unknown>>, value: unknown): Key | undefined {
  return keysOf(words).find((key) => key === value)
}

/** Answers the keys of a table of words in its order. */
export function keysOf<Key extends string>(words: Readonly<Record<Key, unknown>>): readonly Key[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table is closed by its type
  return Object.keys(words) as Key[]
}
