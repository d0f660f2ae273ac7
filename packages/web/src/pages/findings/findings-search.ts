import type { FindingFilter } from "@tabard/api"
import type { FindingState, Severity } from "@tabard/core"
import { type AddressReaders, oneOf, readAddress, textLike, yes } from "../../shell/read-address.ts"
import { FINDING_STATE_WORDS, SEVERITY_WORDS } from "../../words/finding-words.ts"

/** What the address says about which findings are shown, and which one is open beside them. */
export interface FindingsSearch {
  /** Open where nobody says. */
  readonly state?: FindingState
  readonly severity?: Severity
  readonly rule?: string
  readonly agent?: string
  /** Only those about agents that one owns or helps with. */
  readonly mine?: "yes"
  readonly finding?: string
  /** `rules` shows the rules with their counts, in place of the findings. */
  readonly by?: "rules"
}

const READERS: AddressReaders<FindingsSearch> = {
  state: oneOf(FINDING_STATE_WORDS),
  severity: oneOf(SEVERITY_WORDS),
  rule: textLike(/^[a-z][a-z0-9-]{0,79}$/),
  agent: textLike(/^agt_[0-9a-f-]{1,70}$/),
  mine: yes,
  finding: textLike(/^fnd_[0-9a-f-]{1,70}$/),
  by: (value) => (value === "rules" ? value : undefined),
}

/** Reads the address; what it does not understand it leaves out. */
export function parseFindingsSearch(raw: Readonly<Record<string, unknown>>): FindingsSearch {
  return readAddress(READERS, raw)
}

/** Answers what is asked of the server for an address. */
export function filterOf({ state = "open", severity, rule, agent, mine }: FindingsSearch): FindingFilter {
  return { state, severity, rule, agent, mine: mine && true }
}
