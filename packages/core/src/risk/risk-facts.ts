/**
 * What is asked of each agent, and the answers there are, from the least to the most.
 *
 * The words stand apart from what they weigh, so that what is known of an agent can be told without a formula.
 */
export const RISK_LEVELS = {
  sensitivity: ["public", "workspace", "confidential", "critical"],
  effects: ["none", "read", "write", "delete", "execute", "financial", "infrastructure", "egress"],
  breadth: ["one", "few", "many", "sprawling"],
  proof: ["none", "bound-key", "keychain", "environment", "plaintext"],
  consent: ["none", "restricted", "partial", "broad", "unrestricted"],
  presence: ["person", "hosted", "alone"],
  accountability: ["bounded", "owned", "nobody"],
  selfChange: ["cannot", "can"],
  strangers: ["none", "reads"],
  supply: ["fixed", "loose"],
} as const

/** One question about an agent. */
export type RiskFactor = keyof typeof RISK_LEVELS

/** One answer to it. */
export type RiskLevel<F extends RiskFactor = RiskFactor> = (typeof RISK_LEVELS)[F][number]

/** One thing known of an agent, or known to be unknown, and where that comes from. */
export interface RiskStatement<F extends RiskFactor = RiskFactor> {
  readonly level: RiskLevel<F> | "unknown"
  readonly evidence: string
}

/** Everything known of an agent. A question without a statement is unknown: silence never counts as nothing. */
export type RiskFacts = { readonly [F in RiskFactor]: readonly RiskStatement<F>[] }

/** How bad a risk is, in a word. */
export const RISK_BANDS = ["low", "medium", "high", "critical"] as const

/** One band. */
export type RiskBand = (typeof RISK_BANDS)[number]
