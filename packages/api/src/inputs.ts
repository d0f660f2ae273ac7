import {
  CATEGORIES,
  type Category,
  KEY_STORAGES,
  type KeyStorage,
  readAmount,
  type TaskBudget,
  TIER_NAME,
  type TierName,
} from "@tabard/core"
import { z } from "zod"

const line = (max: number): z.ZodType<string> => z.string().trim().min(1).max(max)

/** A tier by its name: one that ships, or one of the organisation's own. */
export const TierNameInput: z.ZodType<TierName> = z.string().regex(TIER_NAME)

/** Nothing is asked for. */
export type Nothing = Readonly<Record<string, never>>
export const Nothing: z.ZodType<Nothing> = z.strictObject({})

/** One thing by its id. */
export interface ById {
  readonly id: string
}
export const ById: z.ZodType<ById> = z.strictObject({ id: z.string().max(80) })

/** The one-time code, and who the first administrator is. */
export interface SignIn {
  readonly code: string
  readonly name?: string | undefined
  readonly email?: string | undefined
}
export const SignIn: z.ZodType<SignIn> = z.strictObject({
  code: z.string().min(1).max(64),
  name: line(200).optional(),
  email: z.email().max(254).optional(),
})

/** What a person takes upon themselves for an agent. */
export interface Adoption {
  readonly id: string
  readonly name?: string | undefined
  readonly purpose: string
  readonly tier: TierName
  readonly expiresAt: string
  /** Must be true for oneself: nobody owns an agent without saying so. */
  readonly acceptOwnership: boolean
  /** Who is to own it, where it is not whoever adopts: they are asked, and `acceptOwnership` is false. */
  readonly owner?: string | undefined
  readonly note?: string | undefined
  /** The category as it is confirmed. */
  readonly category?: Category | undefined
}
export const Adoption: z.ZodType<Adoption> = z.strictObject({
  id: z.string().max(80),
  name: line(200).optional(),
  purpose: line(2000),
  tier: TierNameInput,
  expiresAt: z.iso.datetime(),
  acceptOwnership: z.boolean(),
  owner: z.string().max(80).optional(),
  note: line(1000).optional(),
  category: z.enum(CATEGORIES).optional(),
})

/** An agent's declared standing purpose and bounds, as YAML. */
export interface ManifestText {
  readonly id: string
  readonly manifest: string
}
export const ManifestText: z.ZodType<ManifestText> = z.strictObject({
  id: z.string().max(80),
  manifest: z
    .string()
    .min(1)
    .max(64 * 1024),
})

/** A manifest to put in force. */
export interface ManifestWish extends ManifestText {
  /** The repository that it is kept in, as `github.com/acme/agents`; null where it is in none any more. */
  readonly repository?: string | null | undefined
}
export const ManifestWish: z.ZodType<ManifestWish> = z.strictObject({
  id: z.string().max(80),
  manifest: z
    .string()
    .min(1)
    .max(64 * 1024),
  repository: z.string().min(1).max(300).nullable().optional(),
})

/** A person's reason for an act on an agent. */
export interface WithReason {
  readonly id: string
  readonly reason: string
}
export const WithReason: z.ZodType<WithReason> = z.strictObject({
  id: z.string().max(80),
  reason: line(1000),
})

/** What an agent may do for somebody, now. */
export interface TaskOpening {
  readonly id: string
  readonly text: string
  readonly server: string
  readonly tools: readonly string[]
  readonly folder: string | null
  readonly minutes: number
  /** How much the run may do in all; left out, the limits of its agent alone hold. */
  readonly budget?: TaskBudget | undefined
}
export const TaskOpening: z.ZodType<TaskOpening> = z.strictObject({
  id: z.string().max(80),
  text: line(4000),
  server: z.string().max(80),
  tools: z.array(line(200)).min(1).max(200),
  folder: line(4096).nullable(),
  minutes: z.number().int().min(1).max(1440),
  budget: z
    .strictObject({
      calls: z.int().min(0).max(1_000_000_000).optional(),
      spend: z
        .strictObject({
          atMost: z.string().refine((text) => readAmount(text) !== undefined, {
            error: "an amount has at most four decimal places, no sign and no exponent: 500.00",
          }),
          currency: z.string().regex(/^[A-Z]{3}$/),
        })
        .optional(),
    })
    .optional(),
})

/** A person's answer to a question. */
export interface VerdictInput {
  readonly id: string
  readonly verdict: "approved" | "denied"
}
export const VerdictInput: z.ZodType<VerdictInput> = z.strictObject({
  id: z.string().max(80),
  verdict: z.enum(["approved", "denied"]),
})

/** A server to put behind the gateway. */
export interface ServerRegistration {
  readonly name: string
  readonly launch:
    | {
        readonly transport: "stdio"
        readonly command: string
        readonly args: readonly string[]
        readonly roots: readonly string[]
      }
    | { readonly transport: "http"; readonly url: string }
}
export const ServerRegistration: z.ZodType<ServerRegistration> = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  launch: z.discriminatedUnion("transport", [
    z.strictObject({
      transport: z.literal("stdio"),
      command: line(4096),
      args: z.array(z.string().max(4096)).max(100),
      roots: z.array(line(4096)).max(20),
    }),
    z.strictObject({ transport: z.literal("http"), url: z.url().max(2048) }),
  ]),
})

/** A public key, proven by a signature over the one-time code. */
export interface Enrolment {
  readonly code: string
  readonly label: string
  /** A compact JWS over {code} by the key whose public half is in its header. */
  readonly proof: string
  /** Where the private half is, as far as whoever enrols it says. */
  readonly keyStorage?: KeyStorage | undefined
}
export const Enrolment: z.ZodType<Enrolment> = z.strictObject({
  code: z.string().min(1).max(64),
  label: line(200),
  proof: z.string().min(1).max(4096),
  keyStorage: z.enum(KEY_STORAGES).optional(),
})

/** What a machine that is to report will be called. */
export interface ReporterName {
  readonly name: string
}
export const ReporterName: z.ZodType<ReporterName> = z.strictObject({ name: line(200) })

/** A reporter's public key, proven by a signature over the one-time code. */
export interface ReporterEnrolment {
  readonly code: string
  /** A compact JWS over {code} by the key whose public half is in its header. */
  readonly proof: string
}
export const ReporterEnrolment: z.ZodType<ReporterEnrolment> = z.strictObject({
  code: z.string().min(1).max(64),
  proof: z.string().min(1).max(4096),
})
