import type { Category, EffectClass, Severity } from "@tabard/core"

/** How far apart the members of a separation are kept. */
export const PARTIES = ["agent", "delegation", "owner"] as const

/** One kind of party: an agent by itself, with all that it may hand work to, or all agents of one owner together. */
export type Party = (typeof PARTIES)[number]

/** What must not come together with the other sets of a separation. Whatever meets one of its members is in it. */
export interface ReachSet {
  /** `server/tool`; a `*` stands for any characters. */
  readonly tools?: readonly string[] | undefined
  readonly effects?: readonly EffectClass[] | undefined
  /** A server, or `server:/folder`. */
  readonly resources?: readonly string[] | undefined
}

/** A separation of duties: of its sets a party may reach no more than `atMost`. */
export interface Separation {
  readonly name: string
  readonly sets: readonly ReachSet[]
  readonly atMost: number
  readonly across: readonly Party[]
}

/** A person's word that a finding is lived with until a day. */
export interface StandardException {
  readonly rule: string
  readonly agent: string
  /** The day after which it counts no more, as YYYY-MM-DD. */
  readonly until: string
  readonly reason: string
  readonly by: string
}

/** What an agent runs as: service accounts as `namespace/name`, roles and the like as their platform names them. */
export interface Workload {
  readonly agent: string
  readonly accounts: readonly string[]
}

/** What an organisation demands of its manifests. */
export interface Standards {
  /** The least number of words that state a purpose. */
  readonly purposeWords: number
  /** The longest that a manifest may stand, in days. */
  readonly expiryDays: number
  /** Environments in which more is demanded; one that is not stated counts as one of them. */
  readonly sensitive: readonly string[]
  /** The kinds of identity that will do there. */
  readonly identities: readonly string[]
  /** Which agents have to be kept apart from their machine, and by what. */
  readonly isolation: { readonly of: readonly Category[]; readonly by: readonly string[] }
  /** Effects that have to be limited or asked about. */
  readonly consequential: readonly EffectClass[]
  /** The organisation's own tiers, and what each can ever reach. */
  readonly tiers: Readonly<Record<string, readonly EffectClass[]>>
  /** The sets that manifests name, as the organisation keeps them. */
  readonly sets: Readonly<Record<string, readonly string[]>>
  readonly separation: readonly Separation[]
  /** Rules that matter more or less here; `off` silences one. */
  readonly severities: Readonly<Record<string, Severity | "off">>
  readonly workloads: readonly Workload[]
  readonly exceptions: readonly StandardException[]
  /** Whether every manifest needs an agent.lock. */
  readonly lock: "required" | "optional"
}

/** What is demanded where an organisation says nothing else. */
export const DEFAULT_STANDARDS: Standards = {
  purposeWords: 4,
  expiryDays: 366,
  sensitive: ["production"],
  identities: ["federated", "hardware-key"],
  isolation: { of: ["local"], by: ["user", "sandbox", "container", "virtual-machine"] },
  consequential: ["delete", "execute", "financial", "infrastructure", "egress"],
  tiers: {},
  sets: {},
  separation: [],
  severities: {},
  workloads: [],
  exceptions: [],
  lock: "optional",
}
