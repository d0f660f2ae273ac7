import type { Role } from "@tabard/core"
import { type AddressReaders, oneOf, readAddress, textLike, yes } from "../../shell/read-address.ts"
import { ROLE_WORDS } from "./role-words.ts"

/** What the address says about which people or teams are shown, and which one is open beside them. */
export interface PeopleSearch {
  /** People where nobody says. */
  readonly tab?: "teams"
  readonly q?: string
  readonly role?: Role
  /** Shows those who were switched off, too. */
  readonly off?: "yes"
  readonly person?: string
  readonly team?: string
}

const READERS: AddressReaders<PeopleSearch> = {
  tab: (value) => (value === "teams" ? value : undefined),
  q: textLike(/\S/),
  role: oneOf(ROLE_WORDS),
  off: yes,
  person: textLike(/^usr_[0-9a-f-]{1,70}$/),
  team: textLike(/^tem_[0-9a-f-]{1,70}$/),
}

/** Reads the address; what it does not understand it leaves out. */
export function parsePeopleSearch(raw: Readonly<Record<string, unknown>>): PeopleSearch {
  return readAddress(READERS, raw)
}

/** A change of what the address says; an undefined member leaves it. */
export type PeopleSearchChange = { readonly [Key in keyof PeopleSearch]?: PeopleSearch[Key] | undefined }
