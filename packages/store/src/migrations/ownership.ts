import type { ColumnTypes } from "./column-types.ts"

/** The tables of who answers for an agent, who helps, and what an organisation has settled. */
export function ownershipTables(types: ColumnTypes): readonly string[] {
  const { text, integer, table, wall } = types
  const owned = `organisation ${text} not null references organisation (id)`
  return [
    // An offer has ended exactly if it is not pending any more.
    `create table ownership_offer (
      ${owned}, id ${text} not null, agent ${text} not null, to_user ${text} not null, offered_by ${text} not null,
      note ${text}, terms ${text}, offered_at ${integer} not null, expires_at ${integer} not null,
      state ${text} not null check (state in ('pending', 'accepted', 'declined', 'withdrawn', 'expired')),
      ended_at ${integer},
      primary key (organisation, id), check ((state = 'pending') = (ended_at is null))
    )${table}`,
    "create unique index ownership_offer_pending on ownership_offer (organisation, agent) where state = 'pending'",
    `create index ownership_offer_to on ownership_offer (organisation, to_user, offered_at, id)
      where state = 'pending'`,
    "create index ownership_offer_due on ownership_offer (organisation, expires_at) where state = 'pending'",

    `create table maintainer (
      ${owned}, agent ${text} not null, "user" ${text} not null, added_by ${text} not null,
      added_at ${integer} not null,
      primary key (organisation, agent, "user")
    )${table}`,

    `create table settings (
      ${owned} primary key, grace_days ${integer} not null check (grace_days between 1 and 365)
    )${table}`,

    "create index agent_by_discovery on agent (organisation, created_at) where state = 'discovered'",
    ...["ownership_offer", "maintainer", "settings"].flatMap(wall),
  ]
}
