import { plainName } from "../directory/plain-name.ts"
import type { PersonWords } from "./provisioned-store.ts"

/** What a provider says of a person in one request; what it does not say stays as it is. */
export interface PersonSaid {
  readonly userName?: string
  /** Null takes it away, as it does with every word. */
  readonly externalId?: string | null
  readonly active?: boolean
  /** Null where the provider takes their address away. */
  readonly address?: string | null
  /** Whom they answer to, by any name that the provider has for them. */
  readonly manager?: string | null
  readonly words?: Readonly<Partial<Record<keyof PersonWords, string | null>>>
}

/** Answers the words of before with what is said now put in their place. */
export function mergeWords(before: PersonWords, said: PersonSaid["words"] = {}): PersonWords {
  const all = Object.entries({ ...before, ...said })
  return Object.fromEntries(all.filter(([, word]) => word !== null && word !== undefined))
}

/** Answers what a person is called by these words, or `otherwise` where there are none. */
export function nameIn(
  { displayName, formatted, givenName, familyName }: PersonWords,
  otherwise: string,
): string {
  const parts = [givenName, familyName].filter((part) => part !== undefined).join(" ")
  return plainName(displayName ?? formatted ?? parts, otherwise)
}
