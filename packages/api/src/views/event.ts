import { z } from "zod"
import { WITNESSING, type WitnessingView } from "./log-policy.ts"

/** One event of the record. */
export interface EventView {
  readonly id: string
  readonly type: string
  readonly at: string
  /** What happened, in one sentence with the names of today. */
  readonly sentence: string
  readonly agent: { readonly id: string; readonly name: string } | null
  readonly task: string | null
  readonly call: string | null
  /** Its place in the log, or null while it waits for one. */
  readonly index: number | null
  /** The event as it is logged. */
  readonly body: unknown
  /** What it commits to: each value as far as it is still kept. */
  readonly beside: readonly BesideView[]
}

/** One member of an event that stands beside the log. */
export interface BesideView {
  /** Where it stands in the event, as a path. */
  readonly field: string
  /** `altered` where what is kept is not what the event commits to. */
  readonly state: "altered" | "erased" | "kept"
  /** Null but where it is kept. */
  readonly value: unknown
}

const BesideView: z.ZodType<BesideView> = z.object({
  field: z.string(),
  state: z.enum(["altered", "erased", "kept"]),
  value: z.unknown(),
})

const EVENT = {
  id: z.string(),
  type: z.string(),
  at: z.string(),
  sentence: z.string(),
  agent: z.object({ id: z.string(), name: z.string() }).nullable(),
  task: z.string().nullable(),
  call: z.string().nullable(),
  index: z.number().nullable(),
  body: z.unknown(),
  beside: z.array(BesideView),
}

export const EventView: z.ZodType<EventView> = z.object(EVENT)

/** One event with the names of today for the people and agents whose ids stand in it. */
export interface EventDetail extends EventView {
  readonly names: Readonly<Record<string, string>>
}

export const EventDetail: z.ZodType<EventDetail> = z.object({
  ...EVENT,
  names: z.record(z.string(), z.string()),
})

/** How far the log has come, and what verifies it. */
export interface LogProgress {
  /** Which of the organisation's logs it is: each that follows has the next number. */
  readonly generation: number
  /** The place in the record of its first entry: index in the log = place − base. */
  readonly base: number
  readonly origin: string
  /** Entries under the last signed checkpoint, and events that still wait for one. */
  readonly published: number
  readonly sequenced: number
  readonly checkpoint: string | null
  /** The verifier key (C2SP signed-note), to be kept by whoever means to verify. */
  readonly verifierKey: string
}

const PROGRESS = {
  generation: z.number(),
  base: z.number(),
  origin: z.string(),
  published: z.number(),
  sequenced: z.number(),
  checkpoint: z.string().nullable(),
  verifierKey: z.string(),
}

export const LogProgress: z.ZodType<LogProgress> = z.object(PROGRESS)

/** How far the log has come, and what witnesses say for it. */
export interface LogView extends LogProgress, WitnessingView {}

export const LogView: z.ZodType<LogView> = z.object({ ...PROGRESS, ...WITNESSING })
