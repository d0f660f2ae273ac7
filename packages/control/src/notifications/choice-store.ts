import type { HowTold, Id, NotificationKind } from "@tabard/core"

/** How a person wants to be told. A kind that is not named is told as is usual. */
export interface Choices {
  readonly kinds: Readonly<Partial<Record<NotificationKind, HowTold>>>
  /** The hour of the day (UTC) at which the day's mail goes out. */
  readonly digestHour: number
}

/** What holds for a person who chose nothing. */
export const USUAL_CHOICES: Choices = { kinds: {}, digestHour: 7 }

/** Keeps how people want to be told. Each sentence below is a test in choice-store.contract.ts. */
export interface ChoiceStore {
  /** Answers a person's choices; USUAL_CHOICES where they made none. */
  find(user: Id<"user">): Promise<Choices>

  /** Answers the choices of those who made any. */
  findAll(users: readonly Id<"user">[]): Promise<ReadonlyMap<Id<"user">, Choices>>

  /** Keeps a person's choices, in place of those before. */
  put(user: Id<"user">, choices: Choices): Promise<void>
}
