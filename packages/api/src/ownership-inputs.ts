import {
  type Bounds,
  CATEGORIES,
  type Category,
  DATA_CLASSES,
  type DataClass,
  DELEGATION_DEPTH,
  ENVIRONMENTS,
  type Environment,
  GRACE_DAYS,
  IDLE_DAYS,
  LEAVER_GRACE_DAYS,
  MOST_WARNINGS,
  WARN_DAYS,
} from "@tabard/core"
import { z } from "zod"

/** One line or more of a person's words: no control characters but breaks and tabs, which no database refuses. */
function words(max: number): z.ZodType<string> {
  // oxlint-disable-next-line no-control-regex -- these are the characters that are refused
  const readable = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/
  return z.string().trim().min(1).max(max).regex(readable, "holds control characters")
}

const id: z.ZodType<string> = z.string().max(80)

/** Systems are listed in one cell of a register, so their names hold none of what parts them there. */
const System: z.ZodType<string> = words(100).refine(
  (name) => !/[,;|\n\r]/.test(name),
  "holds , ; | or a line break",
)

/** Who is asked to answer for an agent. */
export interface OfferInput {
  readonly id: string
  readonly to: string
  readonly note?: string | undefined
}
export const OfferInput: z.ZodType<OfferInput> = z.strictObject({ id, to: id, note: words(1000).optional() })

/** Who helps with an agent. */
export interface MaintainerInput {
  readonly id: string
  readonly user: string
}
export const MaintainerInput: z.ZodType<MaintainerInput> = z.strictObject({ id, user: id })

/** What people say of an agent, as far as they say anything. */
export interface DescriptionInput {
  readonly purpose?: string | null | undefined
  readonly category?: Category | null | undefined
  readonly environment?: Environment | null | undefined
  readonly dataClasses?: readonly DataClass[] | null | undefined
  readonly systems?: readonly string[] | null | undefined
  /** Days, as `2026-11-21`. */
  readonly lastReview?: string | null | undefined
  readonly nextReview?: string | null | undefined
}
const described = {
  purpose: words(2000).nullish(),
  category: z.enum(CATEGORIES).nullish(),
  environment: z.enum(ENVIRONMENTS).nullish(),
  dataClasses: z.array(z.enum(DATA_CLASSES)).max(DATA_CLASSES.length).nullish(),
  systems: z.array(System).max(50).nullish(),
  lastReview: z.iso.date().nullish(),
  nextReview: z.iso.date().nullish(),
}
export const DescriptionInput: z.ZodType<DescriptionInput> = z.strictObject(described)

/** What a person says of an agent: a value states it, null takes back what people stated, absent leaves it. */
export interface AgentDescription extends DescriptionInput {
  readonly id: string
  readonly name?: string | null | undefined
  /** Whether it stands above what owner and maintainers declare. */
  readonly insist?: boolean | undefined
}
export const AgentDescription: z.ZodType<AgentDescription> = z.strictObject({
  ...described,
  id,
  name: words(200).nullish(),
  insist: z.boolean().optional(),
})

/** An agent that a person knows of. */
export interface AgentEntryInput extends DescriptionInput {
  readonly name: string
  /** The email of who is to own it. */
  readonly owner?: string | undefined
}
export const AgentEntryInput: z.ZodType<AgentEntryInput> = z.strictObject({
  ...described,
  name: words(200),
  owner: z.email().max(254).optional(),
})

/** What an organisation settles for itself; what is left out stays as it is. */
export interface SettingsInput {
  readonly graceDays?: number | undefined
  readonly warnDays?: readonly number[] | undefined
  readonly idleDays?: number | undefined
  readonly leaverGraceDays?: number | undefined
  readonly delegationDepth?: number | undefined
  readonly widenedByAnother?: boolean | undefined
}
export const SettingsInput: z.ZodType<SettingsInput> = z.strictObject({
  graceDays: within(GRACE_DAYS).optional(),
  warnDays: z.array(within(WARN_DAYS)).min(1).max(MOST_WARNINGS).optional(),
  idleDays: within(IDLE_DAYS).optional(),
  leaverGraceDays: within(LEAVER_GRACE_DAYS).optional(),
  delegationDepth: within(DELEGATION_DEPTH).optional(),
  widenedByAnother: z.boolean().optional(),
})

function within({ min, max }: Bounds): z.ZodType<number> {
  return z.number().int().min(min).max(max)
}
