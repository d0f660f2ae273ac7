import { type AddressReaders, oneOf, readAddress, textLike } from "../../shell/read-address.ts"

/** The parts of the page, in their order. */
export const POLICY_PARTS = {
  coverage: "Coverage",
  "guard-rails": "Guard-rails",
  tiers: "Tiers",
  sets: "Sets",
  tools: "Tools",
  tests: "Tests",
} as const

/** One part of the page. */
export type PolicyPart = keyof typeof POLICY_PARTS

/** What the address says about which part is shown, of which agents and tools, and what is open beside the list. */
export interface PoliciesSearch {
  readonly tab?: PolicyPart
  /** Whose coverage; active agents where nobody says. */
  readonly who?: "every"
  /** The server whose tools are shown. */
  readonly server?: string
  readonly agent?: string
  readonly set?: string
  /** A version of a tool. */
  readonly tool?: string
}

const READERS: AddressReaders<PoliciesSearch> = {
  tab: oneOf(POLICY_PARTS),
  who: (value) => (value === "every" ? value : undefined),
  server: textLike(/^srv_[0-9a-f-]{1,70}$/),
  agent: textLike(/^agt_[0-9a-f-]{1,70}$/),
  tool: textLike(/^tlv_[0-9a-f-]{1,70}$/),
  set: textLike(/^[a-z][a-z0-9-]{0,63}$/),
}

/** Reads the address; what it does not understand it leaves out. */
export function parsePoliciesSearch(raw: Readonly<Record<string, unknown>>): PoliciesSearch {
  return readAddress(READERS, raw)
}
