import type { Effect, Id, Json } from "@tabard/core"

/** One event as it is kept: the canonical bytes are the truth, the columns are for finding it. */
export interface StoredEvent {
  readonly id: Id<"event">
  readonly type: string
  readonly at: Date
  readonly agent: Id<"agent"> | null
  readonly task: Id<"task"> | null
  readonly call: Id<"call"> | null
  /** RFC 8785 JSON, at most 60 KiB. */
  readonly bytes: Uint8Array
  /** Its place in the log; null until it is sequenced. */
  readonly index: number | null
}

/** A value that an event only commits to: it is kept beside the log, and can be taken away without touching it. */
export interface EventValue {
  /** Where it stands in the event, as a path: `data.reason`. */
  readonly field: string
  /** 16 random bytes, so that nobody finds a short value out by trying. */
  readonly salt: Uint8Array
  readonly value: Json
  /** `personal` says something of a person, or was typed by one; `bulky` is only long. */
  readonly class: "bulky" | "personal"
  /** The person whom it is about, whose erasure takes it away. */
  readonly person: Id<"user"> | null
  readonly erasable: boolean
}

/** An event on its way into the outbox, with the values that it commits to. */
export interface NewEvent extends StoredEvent {
  readonly values?: readonly EventValue[]
}

/** Which events are asked for. */
export interface EventQuery {
  readonly agent?: Id<"agent">
  readonly task?: Id<"task">
  readonly call?: Id<"call">
  readonly type?: string
  /** Any of these types. */
  readonly types?: readonly string[]
  /** What this person did, answered for, had done for them, or what names them. */
  readonly person?: Id<"user">
  /** A tool as `server/tool`, or every tool of a server by its name. */
  readonly tool?: string
  /** Of what was decided so. */
  readonly effect?: Effect
  /** The one event with this place. */
  readonly place?: number
  /** Only what concerns agents that this person owns, helps with or is asked to take on. */
  readonly answeredBy?: Id<"user">
  /** Only what happened at this time or later. */
  readonly from?: Date
  /** Only what happened before this time. */
  readonly until?: Date
  /** Answers those behind this one, which are older. */
  readonly after?: Id<"event">
  /** 1 to 1,000. */
  readonly limit: number
}

/** An event as it is followed: its number in the order in which events were kept, and what it is about. */
export interface Arrival {
  readonly number: number
  readonly id: Id<"event">
  readonly type: string
  readonly at: Date
  readonly agent: Id<"agent"> | null
}

/** Which arrivals are asked for: the newest, those behind a number, or those with these numbers. */
export type ArrivalQuery =
  /** 1 to 1,000. */
  | { readonly newest: number }
  /** The limit is 1 to 1,000. */
  | { readonly behind: number; readonly limit: number }
  | { readonly among: readonly number[] }

/** The outbox: events wait here for the log, and stay to be found. Each sentence is a test in event-store.contract.ts. */
export interface EventStore {
  /** Keeps an event without a place, and its values beside it. Rejects where the id is taken. */
  append(event: NewEvent): Promise<void>

  /** Keeps events without places, in this order. Rejects, and keeps none, where one of the ids is taken. */
  appendAll(events: readonly NewEvent[]): Promise<void>

  /** Answers the values that are still kept beside these events; an event without any is left out. */
  valuesOf(
    events: readonly Pick<StoredEvent, "id" | "agent">[],
  ): Promise<ReadonlyMap<Id<"event">, readonly EventValue[]>>

  /** Takes every erasable value about a person away, and answers how many there were. The events stay as they are. */
  eraseValuesAbout(person: Id<"user">): Promise<number>

  /** Answers undefined where there is no such event here. */
  find(id: Id<"event">): Promise<StoredEvent | undefined>

  /** Answers events newest first; those that wait to be marked are found by no person, tool and effect. */
  list(query: EventQuery): Promise<readonly StoredEvent[]>

  /**
   * Answers arrivals in the order of their numbers. Numbers are given before the transaction commits: what several
   * write at once may come to be seen behind what has a higher one, and a number of one that failed is never seen.
   */
  arrivals(query: ArrivalQuery): Promise<readonly Arrival[]>

  /** Answers the newest events of this type of each of the agents, at most `limit` of each. */
  latestOf(agents: readonly Id<"agent">[], type: string, limit: number): Promise<readonly StoredEvent[]>

  /** Answers events, oldest first, that an older program kept, and that are not marked with what they are found by. */
  unmarked(limit: number): Promise<readonly StoredEvent[]>

  /** Marks events with what they are found by; marking them again changes nothing. */
  mark(events: readonly Pick<StoredEvent, "id" | "bytes">[]): Promise<void>

  /** Answers when the oldest event happened whose place is `place` or that has none; undefined where there is none. */
  waitingSince(place: number): Promise<Date | undefined>

  /** Answers events without a place, oldest first. */
  unsequenced(limit: number): Promise<readonly StoredEvent[]>

  /** Gives an event its place. Rejects where it has one or the place is taken. */
  sequence(id: Id<"event">, index: number): Promise<void>

  /**
   * Gives the events that wait, oldest first, the places from `from` on, to at most `limit` of them, which is 1 to 1,000.
   * Answers how many got one. Rejects, and gives none, where one of the places is taken.
   */
  sequenceWaiting(from: number, limit: number): Promise<number>

  /** Takes the places from `from` on away again: for events that are in no log. */
  unsequence(from: number): Promise<void>

  /** Answers the events at places `from` up to, not including, `to`, in order. */
  range(from: number, to: number): Promise<readonly StoredEvent[]>
}
