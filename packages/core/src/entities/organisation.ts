import type { Id } from "../ids.ts"

/** Whose agents these are: every row, key, log and policy belongs to exactly one organisation. */
export interface Organisation {
  readonly id: Id<"organisation">
  /** The name in addresses, `/o/<slug>/…`: lower-case letters, digits and hyphens. */
  readonly slug: string
  readonly name: string
  /** The authority of agents' SPIFFE ids: `spiffe://<trustDomain>/agent/<id>`. */
  readonly trustDomain: string
}

/** How people may come in besides invitations. */
export interface SignInSettings {
  /** Whoever has an email of one of these domains, verified by the OpenID provider, comes in as a member. */
  readonly domains: readonly string[]
}

/** The most domains. */
export const MOST_DOMAINS = 50
