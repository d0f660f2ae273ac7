import type { Id } from "../ids.ts"

/** What a person may do here. */
export const ROLES = ["administrator", "security", "auditor", "member"] as const

/** One role of a person. */
export type Role = (typeof ROLES)[number]

/** A person in the directory. Only an active one can sign in, own or approve. */
export interface User {
  readonly id: Id<"user">
  readonly name: string
  /** Compared without regard to case. */
  readonly email: string
  readonly role: Role
  readonly active: boolean
  readonly createdAt: Date
  /** Whom they answer to, if anybody. */
  readonly manager?: Id<"user">
  /** When what named them was taken away; who was erased never comes back. */
  readonly erasedAt?: Date
  /** When their identity provider removed them: it knows them no longer, and somebody else may get their address. */
  readonly removedAt?: Date
}

/** What stands in the place of an erased person's name. */
export const ERASED_NAME = "Erased person"

/** The most managers that stand above one another. */
export const LONGEST_LINE = 30
