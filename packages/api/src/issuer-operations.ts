import {
  type ByTier,
  CLIENT_REGISTRATIONS,
  LIFETIME_MINUTES,
  MOST_OTHER_SERVERS,
  type OtherServer,
  PROOF_NONCES,
  SIGNING_ALGORITHMS,
  SIGNING_KEY_DAYS,
  type TokenSettings,
} from "@tabard/core"
import { z } from "zod"
import { administrators, readers } from "./access-groups.ts"
import { HoursInput as hours, NetworksInput as networks } from "./condition-inputs.ts"
import { Nothing, TierNameInput } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, post, put } from "./operation-makers.ts"

const minutes = z.int().min(LIFETIME_MINUTES.min).max(LIFETIME_MINUTES.max)

const OtherServer: z.ZodType<OtherServer> = z.strictObject({
  issuer: z.url().max(2000),
  client: z.templateLiteral(["cli_", z.string().max(60)]),
  clientId: z.string().min(1).max(2000),
  scope: z
    .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/, "has to be one word of a scope"))
    .max(50),
  resources: z.array(z.url().max(2000)).max(20),
})

/** The most tiers that something is settled for: those that ship, and fifty of the organisation's own. */
const MOST_TIERS = 53

/** The tiers that ship have to be settled, the organisation's own may be. */
function byTier<Value>(value: z.ZodType<Value>): z.ZodType<ByTier<Value>> {
  return z
    .object({ "read-only": value, transactional: value, operator: value })
    .catchall(value)
    .refine((settled) => Object.keys(settled).length <= MOST_TIERS, `at most ${MOST_TIERS} tiers`)
}

/** What an organisation has settled about its agents' tokens, as it is asked for and answered. */
export const TokenSettingsView: z.ZodType<TokenSettings> = z.strictObject({
  lifetimeMinutes: byTier(minutes),
  bearerTiers: z.array(TierNameInput).max(MOST_TIERS),
  networks: byTier(networks),
  hours: byTier(hours),
  proofNonce: z.enum(PROOF_NONCES),
  signingKeyDays: z.int().min(SIGNING_KEY_DAYS.min).max(SIGNING_KEY_DAYS.max),
  signingAlgorithm: z.enum(SIGNING_ALGORITHMS),
  clientRegistration: z.enum(CLIENT_REGISTRATIONS),
  otherServers: z.array(OtherServer).max(MOST_OTHER_SERVERS),
})

/** What keys of ours sign with: tokens with one of the first two, signals with the last. */
const ALGORITHMS = ["ES256", "EdDSA", "RS256"] as const

/** A key by which tokens or signals verify. */
export interface SigningKeyView {
  readonly id: string
  readonly algorithm: (typeof ALGORITHMS)[number]
  readonly state: "next" | "signing" | "published"
  readonly madeAt: string
  /** Since when it signs nothing any more. */
  readonly endedAt: string | null
}

/** Every key by which tokens and signals verify now. */
export interface SigningKeysView {
  readonly keys: readonly SigningKeyView[]
  /** Those of signals; none before the first signal. */
  readonly signalKeys: readonly SigningKeyView[]
}

const keys = z.array(
  z.object({
    id: z.string(),
    algorithm: z.enum(ALGORITHMS),
    state: z.enum(["next", "signing", "published"]),
    madeAt: z.string(),
    endedAt: z.string().nullable(),
  }),
)

/** Every key by which tokens and signals verify now: of each kind the one that signs first. */
export const SigningKeysView: z.ZodType<SigningKeysView> = z.object({ keys, signalKeys: keys })

/** Why the next signing keys are asked for. */
export interface SigningKeyRotationInput {
  readonly reason: string
}

const SigningKeyRotationInput: z.ZodType<SigningKeyRotationInput> = z.strictObject({
  reason: z.string().trim().min(1).max(1_000),
})

/** What the issuer goes by. */
export interface IssuerOperations {
  readonly getTokenSettings: Operation<Nothing, TokenSettings>
  readonly putTokenSettings: Operation<TokenSettings, TokenSettings>
  readonly getSigningKeys: Operation<Nothing, SigningKeysView>
  readonly rotateSigningKey: Operation<SigningKeyRotationInput, Nothing>
}

export const ISSUER_OPERATIONS: IssuerOperations = {
  getTokenSettings: get(
    "/settings/tokens",
    readers,
    "How long tokens live, which may be bound to no key, and how often the key that signs them changes",
    Nothing,
    TokenSettingsView,
  ),
  putTokenSettings: put(
    "/settings/tokens",
    administrators,
    "Settles how long tokens live, which may be bound to no key, and how often the key that signs them changes",
    TokenSettingsView,
    TokenSettingsView,
  ),
  getSigningKeys: get(
    "/signing-keys",
    readers,
    "The keys by which tokens and signals verify: the one that signs, the next one, and those before that still count",
    Nothing,
    SigningKeysView,
  ),
  rotateSigningKey: post(
    "/signing-keys/rotation",
    administrators,
    "Asks for the next keys that sign tokens and signals: they are published within moments and sign five minutes later",
    SigningKeyRotationInput,
    Nothing,
  ),
}
