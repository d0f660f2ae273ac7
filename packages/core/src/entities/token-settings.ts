import type { OtherServer } from "./other-server.ts"
import type { Bounds } from "./settings.ts"
import type { ByTier, TierName } from "./tier.ts"
import type { TimeWindow } from "./time-window.ts"
import type { TokenCondition } from "./token-condition.ts"

/** What an organisation has settled about its agents' tokens. */
export interface TokenSettings {
  /** How many minutes a token lives at most, by the agent's tier. */
  readonly lifetimeMinutes: ByTier<number>
  /** The tiers whose agents may be given tokens that are bound to no key. Whoever overhears such a one can use it. */
  readonly bearerTiers: readonly TierName[]
  /** The networks (CIDR) from which agents of a tier may act; from anywhere where none is named. */
  readonly networks: ByTier<readonly string[]>
  /** The hours within which agents of a tier may act; at any time where none are named. */
  readonly hours: ByTier<readonly TimeWindow[]>
  /** Whether a proof has to repeat a nonce of the server's (RFC 9449 §8), at the token endpoint and at the gateway. */
  readonly proofNonce: ProofNonce
  /** After how many days the key that signs tokens is followed by another. */
  readonly signingKeyDays: number
  /** What access tokens are signed with. */
  readonly signingAlgorithm: SigningAlgorithm
  /** Whether clients may register themselves (RFC 7591), each by a token that an administrator made for that. */
  readonly clientRegistration: ClientRegistrations
  /** The authorization servers elsewhere to which clients may bring this issuer's word for their person; none by itself. */
  readonly otherServers: readonly OtherServer[]
}

/** Every choice of what access tokens are signed with. */
export const SIGNING_ALGORITHMS = ["ES256", "EdDSA"] as const

/** What access tokens are signed with: P-256 with SHA-256, or Ed25519. */
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number]

/** Every choice of whether clients may register themselves. */
export const CLIENT_REGISTRATIONS = ["off", "by-token"] as const

/** Whether clients may register themselves. */
export type ClientRegistrations = (typeof CLIENT_REGISTRATIONS)[number]

/** Every choice of whether a proof has to repeat the server's nonce. */
export const PROOF_NONCES = ["off", "required"] as const

/** Whether a proof has to repeat the server's nonce. */
export type ProofNonce = (typeof PROOF_NONCES)[number]

/** What a token is stolen for is over before it is sold. */
const DEFAULT_LIFETIME_MINUTES = 5

/** What holds where nobody settled anything. */
export const DEFAULT_TOKEN_SETTINGS: TokenSettings = {
  lifetimeMinutes: {
    "read-only": DEFAULT_LIFETIME_MINUTES,
    transactional: DEFAULT_LIFETIME_MINUTES,
    operator: DEFAULT_LIFETIME_MINUTES,
  },
  bearerTiers: [],
  networks: { "read-only": [], transactional: [], operator: [] },
  hours: { "read-only": [], transactional: [], operator: [] },
  proofNonce: "off",
  signingKeyDays: 30,
  signingAlgorithm: "ES256",
  clientRegistration: "off",
  otherServers: [],
}

/** The most networks of a tier. */
export const MOST_NETWORKS = 50

/** The most time windows of a tier. */
export const MOST_WINDOWS = 10

/** Answers from where and when agents of a tier may act. */
export function conditionOf({ networks, hours }: TokenSettings, tier: TierName): TokenCondition {
  return { networks: networks[tier] ?? [], hours: hours[tier] ?? [] }
}

/** Answers how many minutes a token of a tier lives at most: five, where nobody settled it for a tier of their own. */
export function lifetimeMinutesOf({ lifetimeMinutes }: TokenSettings, tier: TierName): number {
  return lifetimeMinutes[tier] ?? DEFAULT_LIFETIME_MINUTES
}

/** Within which a token's lifetime has to be. */
export const LIFETIME_MINUTES: Bounds = { min: 1, max: 60 }

/** Within which the days of a signing key have to be. */
export const SIGNING_KEY_DAYS: Bounds = { min: 1, max: 365 }
