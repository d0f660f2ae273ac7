import { SINK_CONTENTS, SINK_KINDS, type SinkChoice, type SinkContent, type SinkKind } from "@tabard/core"
import { z } from "zod"

/** Which entries a sink carries. */
export const SinkChoiceInput: z.ZodType<SinkChoice> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all") }),
  z.strictObject({ kind: z.literal("calls") }),
  z.strictObject({
    kind: z.literal("types"),
    types: z
      .array(z.string().regex(/^[a-z-]{1,40}\.[a-z-]{1,40}$/, "the type of an event, such as agent.retired"))
      .min(1)
      .max(200),
  }),
])

/** How far a sink has come, and how it does. */
export interface SinkProgressView {
  /** The place of the next entry to carry. */
  readonly place: number
  /** How many entries there are to carry in all: those that a published checkpoint covers. */
  readonly size: number
  /** When the oldest entry happened that was not carried; null where none waits. */
  readonly waitingSince: string | null
  /** How many entries the last checkpoint covers that was carried. */
  readonly checkpoint: number
  readonly checkpointAt: string | null
  /** It takes what comes, is tried again soon, or waits for a person to put something right. */
  readonly standing: "well" | "later" | "held"
  /** How many tries in a row failed. */
  readonly failures: number
  /** Why the last one did, in words of ours. */
  readonly said: string | null
  readonly nextTryAt: string | null
  readonly troubledSince: string | null
  readonly succeededAt: string | null
  readonly failedAt: string | null
  readonly deadLetters: number
  /** How many entries were carried in the last day, and how many of them late. */
  readonly lastDay: { readonly entries: number; readonly late: number }
  /** Whether it runs, 95 % of the last day's entries came within five minutes, nothing waits for longer and no letter is dead. */
  readonly met: boolean
}

const progress: z.ZodType<SinkProgressView> = z.object({
  place: z.number(),
  size: z.number(),
  waitingSince: z.string().nullable(),
  checkpoint: z.number(),
  checkpointAt: z.string().nullable(),
  standing: z.enum(["well", "later", "held"]),
  failures: z.number(),
  said: z.string().nullable(),
  nextTryAt: z.string().nullable(),
  troubledSince: z.string().nullable(),
  succeededAt: z.string().nullable(),
  failedAt: z.string().nullable(),
  deadLetters: z.number(),
  lastDay: z.object({ entries: z.number(), late: z.number() }),
  met: z.boolean(),
})

/** Where the record is exported to; nothing that is secret. */
export interface SinkView {
  readonly id: string
  readonly kind: SinkKind
  readonly name: string
  readonly content: SinkContent
  readonly settings: Readonly<Record<string, unknown>>
  readonly choice: SinkChoice
  readonly checkpoints: boolean
  readonly state: "running" | "paused"
  readonly madeAt: string
  readonly progress: SinkProgressView
}

const sink = {
  id: z.string(),
  kind: z.enum(SINK_KINDS),
  name: z.string(),
  content: z.enum(SINK_CONTENTS),
  settings: z.record(z.string(), z.unknown()),
  choice: SinkChoiceInput,
  checkpoints: z.boolean(),
  state: z.enum(["running", "paused"]),
  madeAt: z.string(),
  progress,
}

export const SinkView: z.ZodType<SinkView> = z.object(sink)

/** A sink as it is made or changed: `secret` is what a webhook's messages are signed with, shown this once. */
export interface ShownSinkView extends SinkView {
  readonly secret: string | null
}

export const ShownSinkView: z.ZodType<ShownSinkView> = z.object({ ...sink, secret: z.string().nullable() })

/** What a receiver refused by itself. */
export interface DeadLetterView {
  readonly id: string
  readonly key: string
  readonly type: string
  readonly place: number
  /** The entry's event; null where the record holds it no longer, and for a checkpoint. */
  readonly event: string | null
  readonly reason: string
  readonly at: string
  readonly tries: number
  /** Whether it is to be tried again. */
  readonly again: boolean
}

export const DeadLetterView: z.ZodType<DeadLetterView> = z.object({
  id: z.string(),
  key: z.string(),
  type: z.string(),
  place: z.number(),
  event: z.string().nullable(),
  reason: z.string(),
  at: z.string(),
  tries: z.number(),
  again: z.boolean(),
})
