import { type AddressReaders, oneOf, readAddress } from "../../shell/read-address.ts"

/** The lists of the page, in their order. */
export const REACH_WORDS = {
  systems: "Systems",
  servers: "Servers",
  credentials: "Credentials",
} as const

/** Which list the address names. */
export interface ReachSearch {
  readonly list?: keyof typeof REACH_WORDS
}

const READERS: AddressReaders<ReachSearch> = { list: oneOf(REACH_WORDS) }

/** Reads the address; what it does not understand it leaves out. */
export function parseReachSearch(raw: Readonly<Record<string, unknown>>): ReachSearch {
  return readAddress(READERS, raw)
}
