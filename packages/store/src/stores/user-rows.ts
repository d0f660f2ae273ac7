import type { User } from "@tabard/core"
import { type Flag, fromTime, toTime } from "../columns.ts"
import type { UserRow } from "../tables/registry.ts"
import { caselessKey } from "./caseless-key.ts"

/** The columns that tell of a person. */
export type TellingColumn = Exclude<keyof UserRow, "organisation" | "email_key">

/** Answers a person as the table keeps them. */
export function toUserRow(user: User): Omit<UserRow, "organisation"> {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    email_key: caselessKey(user.email),
    role: user.role,
    active: flag(user.active),
    created_at: toTime(user.createdAt),
    manager: user.manager ?? null,
    erased_at: user.erasedAt ? toTime(user.erasedAt) : null,
    removed_at: user.removedAt ? toTime(user.removedAt) : null,
  }
}

/** Answers a person as a row of the table tells them. */
export function userFromRow(row: Pick<UserRow, TellingColumn>): User {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    active: row.active === 1,
    createdAt: fromTime(row.created_at),
    ...(row.manager !== null && { manager: row.manager }),
    ...(row.erased_at !== null && { erasedAt: fromTime(row.erased_at) }),
    ...(row.removed_at !== null && { removedAt: fromTime(row.removed_at) }),
  }
}

/** Writes a truth value as the table keeps it. */
export function flag(value: boolean): Flag {
  return value ? 1 : 0
}
