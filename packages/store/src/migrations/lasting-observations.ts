import type { ColumnTypes } from "./column-types.ts"

/**
 * Lets observations last: whether one changed is told by its digest, what vanished is marked, what an agent uses is kept
 * per sighting, and people may say which sightings are one agent. Programs that do not know of it leave the new columns
 * empty, which is read as "changed" and "there".
 */
export function lastingObservations(types: ColumnTypes): readonly string[] {
  const { text, integer } = types
  return [
    `alter table observation add column machine ${text}`,
    `alter table observation add column digest ${text}`,
    `alter table observation add column vanished_at ${integer}`,
    // Said again with the key behind it, in whose order pages are read.
    "drop index observation_by_sender",
    "create index observation_by_reporter on observation (organisation, reporter, kind, key)",
    `alter table scan add column unfinished ${integer} not null default 0 check (unfinished in (0, 1))`,
    `alter table agent add column merged_into ${text}`,
    "create index agent_merged on agent (organisation, merged_into) where merged_into is not null",
    "create index credential_by_fingerprint on credential (organisation, fingerprint) where fingerprint is not null",
    ...newTables(types),
    ...types.pastWall(["agent_use", "observation", "observed_use"], [TAKE_OVER_USES]),
  ]
}

function newTables({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  const owned = `organisation ${text} not null references organisation (id)`
  return [
    `create table observed_use (
      ${owned}, reporter ${text} not null, key ${text} not null,
      kind ${text} not null check (kind in ('server', 'credential')), target ${text} not null,
      primary key (organisation, reporter, key, kind, target)
    )${table}`,
    `create table correlation (
      ${owned}, reporter ${text} not null, key ${text} not null, agent ${text} not null, former ${text} not null,
      said_by ${text} not null, reason ${text} not null, at ${integer} not null,
      primary key (organisation, reporter, key), check (agent <> former)
    )${table}`,
    "create index correlation_by_agent on correlation (organisation, agent)",
    ...["observed_use", "correlation"].flatMap(wall),
  ]
}

/** What was kept per agent is what each of its sightings said, as far as anybody can tell now. */
const TAKE_OVER_USES = `insert into observed_use (organisation, reporter, key, kind, target)
  select o.organisation, o.reporter, o.key, u.kind, u.target
  from agent_use u join observation o on o.organisation = u.organisation and o.subject = u.agent
  where o.kind = 'agent'`
