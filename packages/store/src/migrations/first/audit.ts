import type { ColumnTypes } from "../column-types.ts"

/** The tables of the record: events, how far the log has come, who leads a job; and one row to try a write on. */
export function auditTables({ text, integer, bytes, arrival, table }: ColumnTypes): readonly string[] {
  const owned = `organisation ${text} not null references organisation (id)`
  return [
    `create table event (
      arrival ${arrival}, ${owned}, id ${text} not null, type ${text} not null, at ${integer} not null,
      agent ${text}, task ${text}, call ${text}, bytes ${bytes} not null check (octet_length(bytes) <= 61440),
      place ${integer} check (place >= 0),
      unique (organisation, id), unique (organisation, place)
    )${table}`,
    "create index event_waiting on event (organisation, arrival) where place is null",
    "create index event_by_arrival on event (organisation, arrival)",
    "create index event_by_agent on event (organisation, agent, arrival) where agent is not null",
    "create index event_by_task on event (organisation, task, arrival) where task is not null",
    "create index event_by_type on event (organisation, type, arrival)",

    `create table log_state (
      ${owned} primary key, origin ${text} not null, sequenced ${integer} not null, integrated ${integer} not null,
      root ${text} not null, published ${integer} not null, checkpoint ${text},
      check (sequenced >= integrated and integrated >= published and published >= 0)
    )${table}`,

    `create table lease (
      ${owned}, job ${text} not null, holder ${text}, fence ${integer} not null check (fence > 0),
      expires_at ${integer} not null,
      primary key (organisation, job)
    )${table}`,

    `create table heartbeat (id ${integer} primary key check (id = 1), beats ${integer} not null)${table}`,
    "insert into heartbeat (id, beats) values (1, 0)",
  ]
}
