import type { IndexedKind } from "@tabard/control"
import type { Owned } from "./registry.ts"

/** One word that a thing is found by; what it is called as a whole stands behind a sign that no word holds. */
export interface SearchWordRow extends Owned {
  kind: IndexedKind
  subject: string
  word: string
}

/** How far what was there has been indexed. */
export interface SearchProgressRow extends Owned {
  words_version: number
  place: string | null
  at: number
}
