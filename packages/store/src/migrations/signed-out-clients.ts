import type { ColumnTypes } from "./column-types.ts"

/** Whether a client was signed out by its person. Of what ended under programs of before nobody knows, so it counts as not. */
export function signedOutClients({ integer }: ColumnTypes): readonly string[] {
  return [`alter table client_grant add column signed_out ${integer} not null default 0`]
}
