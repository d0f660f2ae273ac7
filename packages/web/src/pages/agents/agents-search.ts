import type { AgentState, Category, RiskBand } from "@tabard/core"
import { type AddressReaders, oneOf, readAddress, textLike, yes } from "../../shell/read-address.ts"
import { CATEGORY_WORDS, STATE_WORDS } from "../../words/agent-words.ts"
import { RISK_WORDS } from "../../words/risk-words.ts"

/** What the address says about which agents are shown, and in which order. */
export interface AgentsSearch {
  readonly state?: AgentState
  readonly category?: Category
  readonly orphaned?: "yes"
  readonly plaintext?: "yes"
  readonly shadow?: "yes"
  readonly vanished?: "yes"
  readonly band?: RiskBand
  /** The id of a person. */
  readonly owner?: string
  readonly q?: string
  /** A column, with `-` before it where the order is turned; the riskiest stand first where nobody says. */
  readonly sort?: string
}

const READERS: AddressReaders<AgentsSearch> = {
  state: oneOf(STATE_WORDS),
  category: oneOf(CATEGORY_WORDS),
  band: oneOf(RISK_WORDS),
  owner: textLike(/^usr_[0-9a-f-]{1,70}$/),
  orphaned: yes,
  plaintext: yes,
  shadow: yes,
  vanished: yes,
  q: textLike(/./),
  sort: textLike(/^-?[a-zA-Z]{1,20}$/),
}

/** Reads the address; what it does not understand it leaves out. */
export function parseAgentsSearch(raw: Readonly<Record<string, unknown>>): AgentsSearch {
  return readAddress(READERS, raw)
}
