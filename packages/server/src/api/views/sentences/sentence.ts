import type { EventType } from "@tabard/control"

/** Who and what an event is about, by the names of today. */
export interface Told {
  readonly actor: string
  readonly agent: string
  readonly body: Readonly<Record<string, unknown>>
  /** The person whom the event's data name, if any. */
  readonly person?: string
  /** The other agent whom the event is about besides its own, if any. */
  readonly other?: string
  /** The enrolled reporter whose word it is, if one's. */
  readonly reporter?: string
}

/** Sentences of the types that begin so. */
export type SentencesOf<Beginning extends string> = Readonly<
  Record<Extract<EventType, `${Beginning}.${string}`>, (told: Told) => string>
>
