import type { ColumnTypes } from "./column-types.ts"

/** The tables of who is told of what, by which channels, and how they want to be. */
export function notificationTables(types: ColumnTypes): readonly string[] {
  return [
    ...toldTables(types),
    ...deliveryTables(types),
    ...channelTables(types),
    ...TABLES.flatMap(types.wall),
  ]
}

const TABLES = [
  "notification",
  "notification_place",
  "notification_choice",
  "known_browser",
  "delivery",
  "channel",
  "channel_health",
]

function owned({ text }: ColumnTypes): string {
  return `organisation ${text} not null references organisation (id)`
}

function toldTables(types: ColumnTypes): readonly string[] {
  const { text, integer, table } = types
  return [
    // The organisation itself is told under an empty recipient, so that it too is told once.
    `create table notification (
      ${owned(types)}, id ${text} not null, kind ${text} not null, event ${text} not null,
      recipient ${text} not null, agent ${text}, subject ${text}, details ${text} not null,
      at ${integer} not null, due ${integer} not null, read_at ${integer},
      state ${text} not null check (state in ('later', 'told', 'withdrawn')),
      primary key (organisation, id), unique (organisation, event, kind, recipient)
    )${table}`,
    `create index notification_told on notification (organisation, recipient, due, id) where state = 'told'`,
    `create index notification_unread on notification (organisation, recipient)
      where state = 'told' and read_at is null`,
    `create index notification_later on notification (organisation, due, id) where state = 'later'`,
    "create index notification_by_time on notification (organisation, due)",
    `create table notification_place (
      ${owned(types)} primary key, place ${integer} not null check (place >= 0)
    )${table}`,
    `create table notification_choice (
      ${owned(types)}, "user" ${text} not null, kinds ${text} not null,
      digest_hour ${integer} not null check (digest_hour between 0 and 23),
      primary key (organisation, "user")
    )${table}`,
    `create table known_browser (
      ${owned(types)}, "user" ${text} not null, browser ${text} not null, first_seen ${integer} not null,
      primary key (organisation, "user", browser)
    )${table}`,
  ]
}

function deliveryTables(types: ColumnTypes): readonly string[] {
  const { text, integer, table } = types
  return [
    // A delivery has ended exactly if it is not pending any more.
    `create table delivery (
      ${owned(types)}, id ${text} not null, notification ${text} not null, channel ${text} not null,
      recipient ${text} not null, digest ${integer} not null check (digest in (0, 1)),
      state ${text} not null check (state in ('pending', 'sent', 'failed', 'dropped')),
      made_at ${integer} not null, due ${integer} not null, tries ${integer} not null, said ${text},
      ended_at ${integer},
      primary key (organisation, id), unique (organisation, notification, channel),
      check ((state = 'pending') = (ended_at is null))
    )${table}`,
    `create index delivery_due on delivery (organisation, channel, digest, due, id) where state = 'pending'`,
    `create index delivery_of_person on delivery (organisation, recipient, due) where state = 'pending' and digest = 1`,
    "create index delivery_by_channel on delivery (organisation, channel, id)",
    "create index delivery_ended on delivery (organisation, ended_at)",
  ]
}

function channelTables(types: ColumnTypes): readonly string[] {
  const { text, integer, bytes, table } = types
  return [
    // What a removed channel sealed is gone with it.
    `create table channel (
      ${owned(types)}, id ${text} not null, kind ${text} not null check (kind in ('webhook', 'slack')),
      name ${text} not null, shown ${text} not null, sealed ${bytes}, kinds ${text} not null,
      made_by ${text} not null, made_at ${integer} not null, removed_at ${integer},
      primary key (organisation, id), check ((removed_at is null) = (sealed is not null))
    )${table}`,
    `create table channel_health (
      ${owned(types)}, channel ${text} not null, failures ${integer} not null, rests_until ${integer},
      worked_at ${integer}, failed_at ${integer}, said ${text},
      primary key (organisation, channel)
    )${table}`,
  ]
}
