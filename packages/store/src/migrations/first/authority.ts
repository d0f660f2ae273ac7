import type { ColumnTypes } from "../column-types.ts"

/** The tables of who may prove what: keys, enrolments, tokens, and the authorization server's records. */
export function tokenTables({ text, integer, bytes, table }: ColumnTypes): readonly string[] {
  const owned = `organisation ${text} not null references organisation (id)`
  return [
    `create table instance (
      ${owned}, id ${text} not null, agent ${text} not null, label ${text} not null, jwk ${text} not null,
      thumbprint ${text} not null, enrolled_at ${integer} not null, revoked_at ${integer},
      primary key (organisation, id), unique (organisation, thumbprint)
    )${table}`,
    "create index instance_by_agent on instance (organisation, agent, enrolled_at)",

    `create table enrolment (
      ${owned}, code_hash ${text} not null, agent ${text} not null, created_by ${text} not null,
      expires_at ${integer} not null,
      primary key (organisation, code_hash)
    )${table}`,
    "create index enrolment_by_agent on enrolment (organisation, agent)",

    `create table sealed_key (
      ${owned}, id ${text} not null,
      purpose ${text} not null check (purpose in ('data', 'token-signing', 'log-signing', 'fingerprint', 'cookie')),
      sealed ${bytes} not null, sealed_under ${text} not null, public_half ${text},
      created_at ${integer} not null, retired_at ${integer},
      primary key (organisation, id)
    )${table}`,
    // Two processes that start together must not sign with two keys.
    "create unique index sealed_key_live on sealed_key (organisation, purpose) where retired_at is null",

    `create table oauth_model (
      ${owned}, model ${text} not null, id ${text} not null, payload ${text} not null, grant_id ${text},
      consumed_at ${integer}, expires_at ${integer},
      primary key (organisation, model, id)
    )${table}`,
    "create index oauth_model_by_grant on oauth_model (organisation, grant_id) where grant_id is not null",
    "create index oauth_model_by_end on oauth_model (organisation, expires_at) where expires_at is not null",

    `create table replay (
      ${owned}, namespace ${text} not null, key ${text} not null, expires_at ${integer} not null,
      primary key (organisation, namespace, key)
    )${table}`,
    "create index replay_by_end on replay (organisation, expires_at)",

    `create table token (
      ${owned}, jti ${text} not null, agent ${text} not null, instance ${text} not null, task ${text},
      audience ${text} not null, issued_at ${integer} not null, expires_at ${integer} not null,
      revoked_at ${integer},
      primary key (organisation, jti)
    )${table}`,
    "create index token_by_agent on token (organisation, agent, expires_at)",
    "create index token_by_end on token (organisation, expires_at)",
  ]
}

/** The tables of what may be done: tasks, policies, doors, decisions. */
export function decisionTables({ text, integer, table }: ColumnTypes): readonly string[] {
  const owned = `organisation ${text} not null references organisation (id)`
  return [
    `create table task (
      ${owned}, id ${text} not null, agent ${text} not null, text ${text} not null,
      opener_kind ${text} not null check (opener_kind in ('user')), opener_user ${text} not null,
      on_behalf_of ${text} not null, server ${text} not null, tools ${text} not null, folder ${text},
      opened_at ${integer} not null, expires_at ${integer} not null, closed_at ${integer},
      primary key (organisation, id)
    )${table}`,
    "create index task_by_agent on task (organisation, agent, opened_at)",
    "create index task_open on task (organisation, expires_at) where closed_at is null",

    `create table policy_set (
      ${owned}, id ${text} not null,
      kind ${text} not null check (kind in ('guard', 'tier', 'intent', 'task', 'user', 'window')),
      subject ${text} not null, version ${integer} not null, author ${text} not null, source ${text},
      policies ${text} not null, created_at ${integer} not null, ended_at ${integer},
      primary key (organisation, id)
    )${table}`,
    "create unique index policy_set_in_force on policy_set (organisation, kind, subject) where ended_at is null",
    "create index policy_set_history on policy_set (organisation, kind, subject, created_at)",

    `create table enforcement_point (
      ${owned}, id ${text} not null, name ${text} not null,
      kind ${text} not null check (kind in ('gateway', 'forward-auth', 'hook', 'token-endpoint', 'ci')),
      subjects ${text} not null, asserts ${text} not null,
      primary key (organisation, id), unique (organisation, name)
    )${table}`,

    `create table decision (
      ${owned}, id ${text} not null, call ${text} not null, agent ${text} not null, task ${text},
      action ${text} not null, resource ${text} not null,
      effect ${text} not null check (effect in ('permit', 'ask', 'deny')), code ${text} not null,
      reasons ${text} not null, approval ${text}, version ${integer} not null, at ${integer} not null,
      primary key (organisation, id)
    )${table}`,
    "create index decision_by_time on decision (organisation, at, id)",
    "create index decision_by_agent on decision (organisation, agent, at, id)",
    "create index decision_by_call on decision (organisation, call, at, id)",
  ]
}

/** The tables of asking people, and of people who signed in to answer. */
export function approvalTables({ text, integer, table }: ColumnTypes): readonly string[] {
  const owned = `organisation ${text} not null references organisation (id)`
  return [
    // A state has exactly what belongs to it, and only what was approved can have been spent.
    `create table approval (
      ${owned}, id ${text} not null, handle ${text} not null, agent ${text} not null, instance ${text} not null,
      task ${text}, server ${text} not null, tool ${text} not null, tool_digest ${text} not null,
      arguments ${text} not null, chain ${text} not null, resource ${text} not null, action_hash ${text} not null,
      nonce ${text} not null, binding_hash ${text} not null, say ${text} not null, policies ${text} not null,
      routes ${text} not null, approvers ${text} not null,
      state ${text} not null check (state in ('pending', 'approved', 'denied', 'expired', 'cancelled')),
      resolved_by ${text}, resolved_at ${integer}, why ${text}, created_at ${integer} not null,
      expires_at ${integer} not null, spent_by ${text},
      primary key (organisation, id), unique (organisation, handle),
      check ((state = 'pending') = (resolved_at is null)),
      check ((state in ('approved', 'denied')) = (resolved_by is not null)),
      check ((state = 'cancelled') = (why is not null)),
      check (spent_by is null or state = 'approved')
    )${table}`,
    "create unique index approval_pending on approval (organisation, agent, action_hash) where state = 'pending'",
    "create index approval_by_action on approval (organisation, agent, action_hash)",
    "create index approval_by_state on approval (organisation, state, created_at, id)",
    "create index approval_by_agent on approval (organisation, agent, created_at, id)",
    "create index approval_to_expire on approval (organisation, expires_at) where state = 'pending'",

    `create table session (
      ${owned}, id ${text} not null, token_hash ${text} not null, "user" ${text} not null,
      created_at ${integer} not null, expires_at ${integer} not null,
      primary key (organisation, id), unique (organisation, token_hash)
    )${table}`,
    "create index session_by_end on session (organisation, expires_at)",

    `create table sign_in_link (
      ${owned} primary key, code_hash ${text} not null, expires_at ${integer} not null
    )${table}`,
  ]
}
