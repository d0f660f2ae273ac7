import { type AddressReaders, oneOf, readAddress, textLike } from "../../shell/read-address.ts"

/** The parts of the page, in their order. */
export const POLICY_PARTS = {
  "guard-rails": "Guard-rails",
  tiers: "Tiers",
  sets: "Sets",
} as const

/** One part of the page. */
export type PolicyPart = keyof typeof POLICY_PARTS

/** What the address says about which part is shown, and which set is open beside the list. */
export interface PoliciesSearch {
  readonly tab?: PolicyPart
  readonly set?: string
}

const READERS: AddressReaders<PoliciesSearch> = {
  tab: oneOf(POLICY_PARTS),
  set: textLike(/^[a-z][a-z0-9-]{0,63}$/),
}

/** Reads the address; what it does not understand it leaves out. */
export function parsePoliciesSearch(raw: Readonly<Record<string, unknown>>): PoliciesSearch {
  return readAddress(READERS, raw)
}
