import type { ColumnTypes } from "../column-types.ts"

/** The tables of what exists: people, agents, servers, and what was seen of them. */
export function registryTables({ text, integer, table }: ColumnTypes): readonly string[] {
  const owned = `organisation ${text} not null references organisation (id)`
  return [
    `create table organisation (
      id ${text} primary key, slug ${text} not null unique, name ${text} not null, trust_domain ${text} not null
    )${table}`,

    `create table decision_input (
      ${owned} primary key, version ${integer} not null check (version >= 0)
    )${table}`,

    `create table tier (${owned}, name ${text} not null, primary key (organisation, name))${table}`,

    `create table "user" (
      ${owned}, id ${text} not null, name ${text} not null, email ${text} not null, email_key ${text} not null,
      role ${text} not null check (role in ('administrator', 'security', 'auditor', 'member')),
      active ${integer} not null check (active in (0, 1)), created_at ${integer} not null,
      primary key (organisation, id), unique (organisation, email_key)
    )${table}`,

    // Half a mandate is none: either a person took all of it upon themselves, or there is nothing.
    `create table agent (
      ${owned}, id ${text} not null,
      state ${text} not null check (state in ('discovered', 'proposed', 'active', 'suspended', 'quarantined',
        'retiring', 'retired', 'dismissed')),
      owner ${text}, purpose ${text}, tier ${text}, mandate_expires_at ${integer}, proposed_by ${text},
      accepted_at ${integer},
      oversight ${text} check (oversight in ('two-person', 'not-required', 'sole-administrator')),
      approved_by ${text}, created_at ${integer} not null,
      primary key (organisation, id),
      foreign key (organisation, tier) references tier (organisation, name),
      check ((purpose is null) = (tier is null)), check ((purpose is null) = (mandate_expires_at is null)),
      check ((purpose is null) = (proposed_by is null)), check ((purpose is null) = (accepted_at is null)),
      check ((purpose is null) = (oversight is null)), check (approved_by is null or purpose is not null)
    )${table}`,
    "create index agent_by_state on agent (organisation, state, id)",
    "create index agent_by_owner on agent (organisation, owner, id)",
    "create index agent_by_end on agent (organisation, mandate_expires_at) where state = 'active'",

    `create table fact (
      ${owned}, subject ${text} not null, name ${text} not null,
      kind ${text} not null check (kind in ('observed', 'declared', 'overridden')), source ${text} not null,
      value ${text} not null, at ${integer} not null,
      primary key (organisation, subject, name, kind, source)
    )${table}`,

    `create table server (
      ${owned}, id ${text} not null, name ${text} not null, launch ${text} not null, registered_by ${text} not null,
      registered_at ${integer} not null,
      primary key (organisation, id), unique (organisation, name)
    )${table}`,

    `create table tool_version (
      ${owned}, id ${text} not null, server ${text} not null, name ${text} not null, digest ${text} not null,
      definition ${text} not null, effects ${text} not null, roles ${text} not null, pinned_at ${integer} not null,
      replaced_at ${integer},
      primary key (organisation, id)
    )${table}`,
    `create unique index tool_version_pinned on tool_version (organisation, server, name)
      where replaced_at is null`,
  ]
}

/** The tables of what was seen by whom. */
export function observationTables({ text, integer, table }: ColumnTypes): readonly string[] {
  const owned = `organisation ${text} not null references organisation (id)`
  const seen = `first_seen ${integer} not null, last_seen ${integer} not null`
  return [
    `create table scan (
      ${owned}, id ${text} not null, reporter ${text} not null, roots ${text} not null,
      started_at ${integer} not null, finished_at ${integer} not null, unreadable ${text} not null,
      coverage ${text} not null,
      primary key (organisation, id)
    )${table}`,
    "create index scan_by_time on scan (organisation, finished_at, id)",

    `create table observation (
      ${owned}, reporter ${text} not null, kind ${text} not null check (kind in ('agent', 'server', 'credential')),
      key ${text} not null, subject ${text} not null, scan ${text} not null, body ${text} not null, ${seen},
      primary key (organisation, kind, key, reporter)
    )${table}`,
    "create index observation_by_subject on observation (organisation, subject)",

    `create table observed_server (
      ${owned}, id ${text} not null, key ${text} not null, name ${text} not null, transport ${text} not null,
      system ${text}, capabilities ${text} not null, flags ${text} not null, ${seen},
      primary key (organisation, id)
    )${table}`,

    `create table credential (
      ${owned}, id ${text} not null, key ${text} not null, kind ${text} not null, provider ${text},
      stored_as ${text} not null check (stored_as in ('plaintext', 'env-reference', 'keychain', 'helper')),
      fingerprint ${text}, locations ${text} not null, ${seen},
      primary key (organisation, id)
    )${table}`,

    `create table agent_use (
      ${owned}, agent ${text} not null, kind ${text} not null check (kind in ('server', 'credential')),
      target ${text} not null,
      primary key (organisation, agent, kind, target)
    )${table}`,

    `create table risk_score (
      ${owned}, agent ${text} not null, at ${integer} not null, score ${integer} not null, low ${integer} not null,
      high ${integer} not null,
      primary key (organisation, agent, at),
      check (0 <= low and low <= score and score <= high and high <= 100)
    )${table}`,
  ]
}
