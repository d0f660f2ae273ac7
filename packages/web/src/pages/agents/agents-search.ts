import { type AgentState, type Category, type RiskBand, TIER_NAME, type TierName } from "@tabard/core"
import { type AddressReaders, oneOf, readAddress, textLike, yes } from "../../shell/read-address.ts"
import { CATEGORY_WORDS, STATE_WORDS } from "../../words/agent-words.ts"
import { RISK_WORDS } from "../../words/risk-words.ts"
import { CHOOSABLE, type ColumnId } from "./table-shape.ts"

/** A category, or that nobody has said which. */
export type CategoryAsked = Category | "unknown"

/** What the address says about which agents are shown, and in which order. */
export interface AgentsSearch {
  readonly state?: AgentState
  readonly category?: CategoryAsked
  readonly tier?: TierName
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
  /** The columns that were chosen, with commas between; those that find room where nobody chose. */
  readonly columns?: string
  /** Who is picked: ids with commas between, or `all`. */
  readonly pick?: string
  /** The agent that is open beside the list. */
  readonly agent?: string
}

const READERS: AddressReaders<AgentsSearch> = {
  state: oneOf(STATE_WORDS),
  category: oneOf({ ...CATEGORY_WORDS, unknown: "" }),
  tier: textLike(TIER_NAME),
  band: oneOf(RISK_WORDS),
  owner: textLike(/^usr_[0-9a-f-]{1,70}$/),
  orphaned: yes,
  plaintext: yes,
  shadow: yes,
  vanished: yes,
  q: textLike(/./),
  sort: textLike(/^-?[a-zA-Z]{1,20}$/),
  columns: textLike(/^[a-zA-Z]{1,20}(,[a-zA-Z]{1,20})*$/),
  pick: textLike(/^(all|agt_[0-9a-f-]+(,agt_[0-9a-f-]+)*)$/, 4000),
  agent: textLike(/^agt_[0-9a-f-]{1,70}$/),
}

/** Reads the address; what it does not understand it leaves out. */
export function parseAgentsSearch(raw: Readonly<Record<string, unknown>>): AgentsSearch {
  return readAddress(READERS, raw)
}

/** Answers the columns that an address names; undefined where it names none. */
export function columnsOf({ columns }: AgentsSearch): readonly ColumnId[] | undefined {
  if (columns === undefined) return undefined
  const named = columns.split(",")
  return CHOOSABLE.filter((id) => named.includes(id))
}
