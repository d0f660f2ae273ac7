import { FOUND_KINDS, type FoundKind, isId, kindBegun } from "@tabard/core"
import { findingRules } from "../findings/finding-rules.ts"
import type { Transaction } from "../transaction.ts"
import { findDecisions } from "./find-decisions.ts"
import { findIds } from "./find-ids.ts"
import { INDEXED_KINDS, type IndexedKind } from "./search-store.ts"
import { askedWords, foldedTitle, wordsOf } from "./words.ts"

/** The stores that a search reads. */
export type SearchReads = Pick<Transaction, "agents" | "decisions" | "search" | "servers">

/** What is looked for. */
export interface Asked {
  readonly text: string
  readonly kinds: readonly FoundKind[]
  /** The most that is answered of one kind. */
  readonly limit: number
}

/** What was found: a kind, and the ids of it, the best first. */
export type Found = ReadonlyMap<FoundKind, readonly string[]>

/** All that is answered at once, whatever was asked for. */
const MOST = 50

/** Longer questions name nothing more. */
const MOST_WORDS = 8

/**
 * Answers what a text finds. An id, or how one begins, finds what it names; anything else finds what all of its words begin
 * words of. Each kind is looked for by itself, so that the many of one hide none of another.
 */
export async function findEverywhere(tx: SearchReads, { text, kinds, limit }: Asked): Promise<Found> {
  const asked = FOUND_KINDS.filter((kind) => kinds.includes(kind))
  const named = kindBegun(text.trim().toLowerCase())
  if (named) return only(asked, await findIds(tx, named, { beginning: text.trim().toLowerCase(), limit }))
  const words = askedWords(text).slice(0, MOST_WORDS)
  if (words.length === 0) return new Map()
  const parts = Math.max(1, asked.filter(isFoundByWords).length)
  const each = Math.min(limit, Math.floor(MOST / parts))
  return findByWords(tx, asked, { title: foldedTitle(text), words, limit: each })
}

interface Words {
  readonly title: string
  readonly words: readonly string[]
  readonly limit: number
}

async function findByWords(tx: SearchReads, asked: readonly FoundKind[], words: Words): Promise<Found> {
  const found = new Map<FoundKind, readonly string[]>()
  const find = async (kind: IndexedKind): Promise<readonly string[]> => tx.search.find({ kind, ...words })
  for (const kind of asked) {
    if (isIndexed(kind)) found.set(kind, await find(kind))
    if (kind === "rule") found.set(kind, findRules(words))
  }
  if (asked.includes("decision")) {
    const agents = (found.get("agent") ?? (await find("agent"))).filter((id) => isId("agent", id))
    const tools = (found.get("tool") ?? (await find("tool"))).filter((id) => isId("toolVersion", id))
    found.set("decision", await findDecisions(tx, { agents, tools, limit: words.limit }))
  }
  return only(asked, found)
}

function isIndexed(kind: FoundKind): kind is IndexedKind {
  return INDEXED_KINDS.some((known) => known === kind)
}

function isFoundByWords(kind: FoundKind): boolean {
  return isIndexed(kind) || kind === "rule" || kind === "decision"
}

/** The rules are part of the program: there are few, and no store has to know them. */
function findRules({ title, words, limit }: Words): readonly string[] {
  const rank = (called: string): number => (called === title ? 0 : called.startsWith(title) ? 1 : 2)
  return findingRules()
    .filter((rule) => {
      const own = wordsOf(`${rule.title} ${rule.id}`)
      return words.every((asked) => own.some((word) => word.startsWith(asked)))
    })
    .toSorted((a, b) => rank(foldedTitle(a.title)) - rank(foldedTitle(b.title)))
    .slice(0, limit)
    .map(({ id }) => id)
}

function only(asked: readonly FoundKind[], found: Found): Found {
  return new Map(
    FOUND_KINDS.filter((kind) => asked.includes(kind)).flatMap((kind) => {
      const ids = found.get(kind) ?? []
      return ids.length === 0 ? [] : [[kind, ids] as const]
    }),
  )
}
