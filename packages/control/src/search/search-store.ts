import type { Id } from "@tabard/core"

/** The kinds of thing that are found by words. */
export const INDEXED_KINDS = [
  "agent",
  "person",
  "team",
  "upstream",
  "tool",
  "server",
  "system",
  "reporter",
] as const

/** One kind of thing that is found by words. */
export type IndexedKind = (typeof INDEXED_KINDS)[number]

/** The kinds of thing that are found by an id, or by how it begins. */
export const NAMED_KINDS = [
  "agent",
  "approval",
  "credential",
  "decision",
  "event",
  "finding",
  "reporter",
  "server",
  "task",
  "team",
  "user",
] as const

/** One kind of thing that is found by its id. */
export type NamedKind = (typeof NAMED_KINDS)[number]

/** Under which words a thing is found. */
export interface SearchEntry {
  readonly kind: IndexedKind
  readonly subject: string
  /** What it is called, folded; empty where no letter is left of it. */
  readonly title: string
  /** Each once, folded. */
  readonly words: readonly string[]
}

/** What is looked for among the things of one kind. */
export interface WordQuery {
  readonly kind: IndexedKind
  /** All that was typed, folded as titles are. */
  readonly title: string
  /** At least one; each has to begin a word of what is found. */
  readonly words: readonly string[]
  /** Only agents that this person owns, helps with or is asked to take on: nothing of another kind. */
  readonly answeredBy?: Id<"user">
  /** 1 to 1,000. */
  readonly limit: number
}

/** How far everything there was has been indexed. */
export interface IndexProgress {
  /** How texts were cut into words. */
  readonly wordsVersion: number
  /** What the next page begins behind; null once there was no more. */
  readonly place: string | null
  /** When the place was reached. */
  readonly at: Date
}

/** Keeps under which words things are found. Each sentence below is a test in search-store.contract.ts. */
export interface SearchStore {
  /** Keeps under which words each of these is found, in place of those that were kept before; no subject may come twice. */
  put(entries: readonly SearchEntry[]): Promise<void>

  /** Has these found by no word any more. */
  forget(kind: IndexedKind, subjects: readonly string[]): Promise<void>

  /**
   * Answers what every word finds: first what is called exactly so, then what is called so at the beginning, then what a
   * word is exactly, then the rest; each once.
   */
  find(query: WordQuery): Promise<readonly string[]>

  /**
   * Answers the ids of this kind that begin so, the newest first; one that is another organisation's is not here. A person's
   * own are picked of the newest thousand.
   */
  startingWith<K extends NamedKind>(
    kind: K,
    beginning: string,
    options: { readonly answeredBy?: Id<"user">; readonly limit: number },
  ): Promise<readonly Id<K>[]>

  /** Answers how far everything has been indexed; undefined where nobody began. */
  progress(): Promise<IndexProgress | undefined>

  /** Keeps how far everything has been indexed. */
  keepProgress(progress: IndexProgress): Promise<void>
}
