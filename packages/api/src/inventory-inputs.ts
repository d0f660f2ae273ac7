import { CREDENTIAL_STORAGES, type CredentialStorage } from "@tabard/core"
import { z } from "zod"
import { Flag } from "./flag.ts"
import { PAGED, type PageQuery } from "./paging.ts"

/** Which seen things, a page of them. */
export interface SeenFilter extends PageQuery {
  /** Only those that vanished, or only those that are there. */
  readonly vanished?: boolean | undefined
}
export const SeenFilter: z.ZodType<SeenFilter> = z.strictObject({ vanished: Flag.optional(), ...PAGED })

/** Which seen servers, a page of them. */
export interface ObservedServerFilter extends SeenFilter {
  /** The system that they lead to, by its name. */
  readonly system?: string | undefined
  readonly transport?: string | undefined
  /** What makes them weak, such as `unpinned`. */
  readonly flag?: string | undefined
}
export const ObservedServerFilter: z.ZodType<ObservedServerFilter> = z.strictObject({
  vanished: Flag.optional(),
  system: z.string().min(1).max(200).optional(),
  transport: z.string().min(1).max(40).optional(),
  flag: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,79}$/)
    .optional(),
  ...PAGED,
})

/** Which seen credentials. */
export interface CredentialWishes {
  /** Only those that vanished, or only those that are there. */
  readonly vanished?: boolean | undefined
  readonly kind?: string | undefined
  readonly provider?: string | undefined
  readonly storedAs?: CredentialStorage | undefined
  /** Only those that more than one agent uses, or only those that none or one does. */
  readonly shared?: boolean | undefined
}

/** The members by which seen credentials are asked for. */
export const CREDENTIAL_WISHES: {
  readonly [Member in keyof CredentialWishes]-?: z.ZodType<CredentialWishes[Member]>
} = {
  vanished: Flag.optional(),
  kind: z.string().min(1).max(200).optional(),
  provider: z.string().min(1).max(200).optional(),
  storedAs: z.enum(CREDENTIAL_STORAGES).optional(),
  shared: Flag.optional(),
}

/** Which seen credentials, a page of them. */
export interface CredentialFilter extends CredentialWishes, PageQuery {}
export const CredentialFilter: z.ZodType<CredentialFilter> = z.strictObject({
  ...CREDENTIAL_WISHES,
  ...PAGED,
})

/** Which agent is the same as another, and why. */
export interface MergeInput {
  /** The agent that stays. */
  readonly id: string
  /** The one that becomes its alias; nobody may have adopted it. */
  readonly other: string
  readonly reason: string
}
export const MergeInput: z.ZodType<MergeInput> = z.strictObject({
  id: z.string().max(80),
  other: z.string().max(80),
  reason: z.string().trim().min(1).max(1000),
})

/** Which sighting of an agent is another agent, and why. */
export interface SplitInput {
  readonly id: string
  readonly reporter: string
  readonly key: string
  readonly reason: string
}
export const SplitInput: z.ZodType<SplitInput> = z.strictObject({
  id: z.string().max(80),
  reporter: z.string().min(1).max(1000),
  key: z.string().min(1).max(1000),
  reason: z.string().trim().min(1).max(1000),
})
