import { type AddressReaders, oneOf, readAddress } from "../../shell/read-address.ts"

/** The parts of one's account, in their order. */
export const ACCOUNT_WORDS = {
  profile: "Profile",
  sessions: "Sessions",
  clients: "Clients",
  tokens: "API tokens",
  notifications: "Notifications",
} as const

/** One part of one's account. */
export type AccountPart = keyof typeof ACCOUNT_WORDS

/** Which part of the account the address names. */
export interface AccountSearch {
  readonly tab?: AccountPart
}

const READERS: AddressReaders<AccountSearch> = { tab: oneOf(ACCOUNT_WORDS) }

/** Reads the address; what it does not understand it leaves out. */
export function parseAccountSearch(raw: Readonly<Record<string, unknown>>): AccountSearch {
  return readAddress(READERS, raw)
}
