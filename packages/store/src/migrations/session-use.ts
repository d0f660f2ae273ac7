import type { ColumnTypes } from "./column-types.ts"

/** Keeps when a session was last used and from what. Programs that do not know of it leave both empty. */
export function sessionUse({ text, integer }: ColumnTypes): readonly string[] {
  return [
    `alter table session add column last_seen ${integer}`,
    `alter table session add column agent ${text}`,
    `create index session_by_user on session (organisation, "user", created_at, id)`,
  ]
}
