import { SINK_CONTENTS, type SinkChoice, type SinkContent, type SinkKind } from "@tabard/core"
import { z } from "zod"
import { PAGED, type PageQuery } from "./paging.ts"
import { SINK_SECRETS, type SinkSecrets } from "./sink-secrets.ts"
import { SINK_SETTINGS, type SinkSettings } from "./sink-settings.ts"
import { SinkChoiceInput } from "./views/sink.ts"

/** A receiver: of which kind, where it is, and what it wants kept secret. */
export type SinkReceiver = {
  readonly [K in SinkKind]: {
    readonly kind: K
    readonly settings: SinkSettings[K]
    /** Where it is left out, a change keeps what there is. */
    readonly secrets?: SinkSecrets[K] | undefined
  }
}[SinkKind]

const SinkReceiver: z.ZodType<SinkReceiver> = z.discriminatedUnion("kind", [
  receiver("jsonl"),
  receiver("syslog"),
  receiver("splunk"),
  receiver("otlp"),
  receiver("elasticsearch"),
  receiver("sentinel"),
  receiver("s3"),
  receiver("webhook"),
])

function receiver<K extends SinkKind>(kind: K): ReceiverSchema<K> {
  return z.strictObject({
    kind: z.literal(kind),
    settings: SINK_SETTINGS[kind],
    secrets: SINK_SECRETS[kind].optional(),
  })
}

type ReceiverSchema<K extends SinkKind> = z.ZodObject<{
  kind: z.ZodLiteral<K>
  settings: z.ZodType<SinkSettings[K]>
  secrets: z.ZodOptional<z.ZodType<SinkSecrets[K]>>
}>

/** What a sink is made with. */
export interface SinkInput {
  readonly name: string
  readonly content: SinkContent
  readonly receiver: SinkReceiver
  readonly choice: SinkChoice
  readonly checkpoints: boolean
  /** All that there is, or what comes from now on. */
  readonly from: "beginning" | "now"
}

const known = {
  name: z.string().trim().min(1).max(80),
  content: z.enum(SINK_CONTENTS),
  receiver: SinkReceiver,
  choice: SinkChoiceInput,
  checkpoints: z.boolean(),
}

export const SinkInput: z.ZodType<SinkInput> = z.strictObject({
  ...known,
  from: z.enum(["beginning", "now"]),
})

/** What a sink is to be. */
export interface SinkChangeInput extends Omit<SinkInput, "from"> {
  readonly id: string
}

export const SinkChangeInput: z.ZodType<SinkChangeInput> = z.strictObject({
  id: z.string().max(80),
  ...known,
})

/** From which place on everything is carried again. */
export interface SinkReplayInput {
  readonly id: string
  readonly place: number
}

export const SinkReplayInput: z.ZodType<SinkReplayInput> = z.strictObject({
  id: z.string().max(80),
  place: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
})

/** Which dead letters of a sink are tried again; all, where none are named. */
export interface DeadLetterRetryInput {
  readonly id: string
  readonly letters?: readonly string[] | undefined
}

export const DeadLetterRetryInput: z.ZodType<DeadLetterRetryInput> = z.strictObject({
  id: z.string().max(80),
  letters: z.array(z.string().max(80)).min(1).max(500).optional(),
})

/** Which dead letters. */
export interface DeadLetterFilter extends PageQuery {
  readonly id: string
}

export const DeadLetterFilter: z.ZodType<DeadLetterFilter> = z.strictObject({
  id: z.string().max(80),
  ...PAGED,
})
