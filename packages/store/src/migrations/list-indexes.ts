/** Indexes by which pages of long lists are read without what they leave out. */
export function listIndexes(): readonly string[] {
  return [
    "create index event_by_time on event (organisation, at, arrival)",
    'create index user_by_name on "user" (organisation, name, id)',
    "create index observation_gone on observation (organisation, subject) where vanished_at is not null",
    "create index agent_use_of_servers on agent_use (organisation, target, agent) where kind = 'server'",
    ...["kind", "provider", "stored_as"].map(
      (column) => `create index credential_by_${column} on credential (organisation, ${column}, id)`,
    ),
  ]
}

/** What is lived with, the worst first: a list of its own among many that stand open. */
export function acceptedFindings(): readonly string[] {
  return ["create index finding_accepted on finding (organisation, rank, id) where state = 'accepted'"]
}

/** What is used by whom, by the kind of what is used: in place of an index that SQLite would not take. */
export function usesByKind(): readonly string[] {
  return [
    "drop index agent_use_of_servers",
    "create index agent_use_by_kind on agent_use (organisation, kind, target, agent)",
  ]
}
