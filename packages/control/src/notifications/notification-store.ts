import type { Id, JsonObject, NotificationKind } from "@tabard/core"

/** The job that decides who is told of what: only under its newest fencing number does the place in the record move. */
export const NOTIFICATION_LEASE = "notifications"

/** That somebody is told of something. What it says is made of what it names, when it is read. */
export interface Notification {
  readonly id: Id<"notification">
  readonly kind: NotificationKind
  /** The event that it follows from. */
  readonly event: Id<"event">
  /** Whom it is for; null is the organisation, whose channels carry it. */
  readonly to: Id<"user"> | null
  readonly agent: Id<"agent"> | null
  /** The approval, offer, finding, person, session or token that it is about besides. */
  readonly subject: string | null
  /** Ids, numbers and words of ours: no text of strangers, and no secret. */
  readonly details: JsonObject
  /** When the event happened. */
  readonly at: Date
  /** When it is to be told: for what is spoken of before or after its time, later than the event. */
  readonly due: Date
  readonly readAt: Date | null
}

/** Which of a person's notifications are asked for. */
export interface NotificationQuery {
  readonly to: Id<"user">
  readonly unread?: true
  /** Only what is about no agent, about a question to them, or about agents that they own, help with or are asked to take on. */
  readonly narrowed?: true
  /** Answers those behind this one. */
  readonly after?: Id<"notification">
  /** 1 to 1,000. */
  readonly limit: number
}

/** Keeps what people are told of. Each sentence below is a test in notification-store.contract.ts. */
export interface NotificationStore {
  /** Keeps those that are new for their event, kind and person, and answers them; each is told with `ripen` alone. */
  add(all: readonly Notification[]): Promise<readonly Notification[]>

  /** Tells what is due by `now`, the earliest first: of any number of callers exactly one is answered each. */
  ripen(now: Date, limit: number): Promise<readonly Notification[]>

  /** Answers whether anything is due by `now` that was not told yet. */
  isDue(now: Date): Promise<boolean>

  /** Takes back what turned out not to be so: no list shows it. */
  withdraw(ids: readonly Id<"notification">[]): Promise<void>

  /** Answers those of these that were told. */
  findAll(ids: readonly Id<"notification">[]): Promise<readonly Notification[]>

  /** Answers what a person was told, the newest first. */
  list(query: NotificationQuery): Promise<readonly Notification[]>

  /** Answers how many of a person's are unread, narrowed as in a list. */
  countUnread(query: Pick<NotificationQuery, "to" | "narrowed">): Promise<number>

  /** Marks a person's own as read, all of them where none is named; answers how many were not yet. */
  markRead(to: Id<"user">, ids: readonly Id<"notification">[] | "all", at: Date): Promise<number>

  /** Answers the place in the record behind the last event that was looked at; undefined before the first look. */
  place(): Promise<number | undefined>

  /** Moves that place where it still is `from` and `fence` is the newest number of NOTIFICATION_LEASE; else answers false. */
  movePlace(from: number | undefined, to: number, fence: number): Promise<boolean>

  /** Forgets what was due before `before`; answers how many. */
  prune(before: Date): Promise<number>
}
