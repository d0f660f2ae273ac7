import type { JsonObject, KeySource, TimeWindow, TrustCondition, TrustFields } from "@tabard/core"
import { z } from "zod"
import { HoursInput, NetworksInput } from "./condition-inputs.ts"
import { PAGED, type PageQuery } from "./paging.ts"

const id: z.ZodType<string> = z.string().max(80)
const text = (max: number): z.ZodType<string> => z.string().trim().min(1).max(max)
const words: z.ZodType<string> = text(300)
const said: z.ZodType<string | undefined> = words.optional()

/** What is filled in for one kind of issuer. How it has to be spelt is told by whoever makes a rule of it. */
export const TrustFieldsInput: z.ZodType<TrustFields> = z.discriminatedUnion("form", [
  z.strictObject({
    form: z.literal("github-actions"),
    repository: words,
    repositoryId: said,
    ownerId: said,
    environment: said,
    workflow: said,
    ref: said,
    issuer: said,
  }),
  z.strictObject({
    form: z.literal("kubernetes"),
    issuer: words,
    namespace: words,
    serviceAccount: words,
    uid: said,
  }),
  z.strictObject({ form: z.literal("spiffe"), spiffeId: text(2048) }),
  z.strictObject({ form: z.literal("aws"), issuer: words, role: text(600) }),
  z.strictObject({ form: z.literal("gcp"), uniqueId: words, email: said }),
  z.strictObject({
    form: z.literal("entra"),
    tenant: words,
    objectId: words,
    version: z.union([z.literal(1), z.literal(2)]).optional(),
  }),
  z.strictObject({ form: z.literal("openid"), issuer: words, subject: said, subjectPrefix: said }),
])

/** A public key as it is published (RFC 7517). */
const Jwk: z.ZodType<JsonObject> = z.record(
  z.string().max(40),
  z.union([z.string().max(8192), z.boolean(), z.array(z.string().max(8192)).max(10)]),
)

/** Where keys come from. */
export const KeySourceInput: z.ZodType<KeySource> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("discovery") }),
  z.strictObject({ kind: z.literal("address"), url: z.url().max(2000) }),
  z.strictObject({ kind: z.literal("inline"), keys: z.array(Jwk).min(1).max(20) }),
])

const TrustConditionInput: z.ZodType<TrustCondition> = z.strictObject({
  claim: z.array(text(200)).min(1).max(5),
  test: z.enum(["is", "begins"]),
  values: z.array(text(600)).min(1).max(20),
})

/** A form as it was filled in, and what is said beside it; what is left out is as usual for such issuers. */
export interface TrustWishInput {
  readonly agent: string
  readonly fields: TrustFields
  /** Whom tokens have to be for; this server's issuer where nobody says. */
  readonly audience?: string | undefined
  readonly keys?: KeySource | undefined
  readonly also?: readonly TrustCondition[] | undefined
  readonly oneTime?: boolean | undefined
  readonly maxLifeSeconds?: number | undefined
  /** The networks (CIDR) from which what the workloads are issued counts; from anywhere where nobody says. */
  readonly networks?: readonly string[] | undefined
  /** The hours within which it counts; at any time where nobody says. */
  readonly hours?: readonly TimeWindow[] | undefined
}

const wish = {
  agent: id,
  fields: TrustFieldsInput,
  audience: words.optional(),
  keys: KeySourceInput.optional(),
  also: z.array(TrustConditionInput).max(10).optional(),
  oneTime: z.boolean().optional(),
  maxLifeSeconds: z.number().int().min(60).max(90_000).optional(),
  networks: NetworksInput.optional(),
  hours: HoursInput.optional(),
}

/** A trust rule to be made. */
export interface TrustRuleInput extends TrustWishInput {
  readonly name: string
}
export const TrustRuleInput: z.ZodType<TrustRuleInput> = z.strictObject({ ...wish, name: text(100) })

const Token: z.ZodType<string> = z.string().min(1).max(16_384)

/** A trust rule to be looked at, with tokens of one's own to try it on: they are checked, and kept nowhere. */
export interface TrustPreviewInput extends TrustWishInput {
  readonly tokens?: readonly string[] | undefined
}
export const TrustPreviewInput: z.ZodType<TrustPreviewInput> = z.strictObject({
  ...wish,
  tokens: z.array(Token).max(5).optional(),
})

/** A token to try a rule on; it is kept nowhere, and counts as unused. */
export interface TrustTestInput {
  readonly id: string
  readonly token: string
}
export const TrustTestInput: z.ZodType<TrustTestInput> = z.strictObject({ id, token: Token })

/** Which trust rules. */
export interface TrustRuleFilter extends PageQuery {
  readonly agent?: string | undefined
}
export const TrustRuleFilter: z.ZodType<TrustRuleFilter> = z.strictObject({ ...PAGED, agent: id.optional() })
