import type { AuditEvent } from "../audit-event.ts"
import type { EventType } from "../event-types.ts"

/** A value that an event only commits to, and whose erasure takes it away. */
export interface Committed {
  readonly class: "bulky" | "personal"
  /**
   * Whom it is about: who did it, the person served, or whom the data name under `user`. A word of the person who `typed`
   * it is committed to where a person did it; what this program says in its place stands in the event itself.
   */
  readonly about: "actor" | "nobody" | "onBehalfOf" | "typed" | "user"
}

/** What events of one type say. */
export interface EventProfile {
  /** What happened, where such an event is in the record. */
  readonly means: string
  /** What every event of the type names besides who did it, when and where. */
  readonly names: readonly (keyof AuditEvent)[]
  /** Which members of its data stand beside the log. A dot leads into a member. */
  readonly committed?: Readonly<Record<string, Committed>>
  /** Members of its data that this program signed, or drew by lot, and that mean something only as they are, byte for byte. */
  readonly verbatim?: readonly string[]
}

/** Profiles of the types that begin so. */
export type ProfilesOf<Beginning extends string> = Readonly<
  Record<Extract<EventType, `${Beginning}.${string}`>, EventProfile>
>
