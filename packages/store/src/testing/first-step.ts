import type { ColumnTypes } from "../migrations/column-types.ts"
import { MIGRATIONS } from "../migrations/migrations.ts"

/** The organisation, agent, server, credential and scan of a database as the first release made it. */
export const FIRST = {
  organisation: "org_01890000-0000-7000-8000-000000000001",
  agent: "agt_01890000-0000-7000-8000-000000000002",
  server: "srv_01890000-0000-7000-8000-000000000003",
  credential: "crd_01890000-0000-7000-8000-000000000004",
  scan: "scn_01890000-0000-7000-8000-000000000005",
  user: "usr_01890000-0000-7000-8000-000000000006",
  event: "evt_01890000-0000-7000-8000-000000000007",
} as const

/** When everything in it happened. */
const AT = Date.parse("2026-05-04T12:00:00.000Z")

/** The statements that make a database with the first step alone, and rows in it as its program wrote them. */
export function firstStep(types: ColumnTypes): readonly string[] {
  const [first] = MIGRATIONS
  if (!first) throw new Error("there is a first step")
  const { integer, table } = types
  return [
    `create table schema_migration (
      version ${integer} primary key, minimum_program ${integer} not null, applied_at ${integer} not null
    )${table}`,
    ...first.statements(types),
    `insert into schema_migration (version, minimum_program, applied_at) values (1, 1, ${AT})`,
    `insert into organisation (id, slug, name, trust_domain) values ('${FIRST.organisation}', 'default', 'Default', 'first.test')`,
    ...ROWS,
    `insert into event (organisation, id, type, at, bytes) values (${owned}, '${FIRST.event}', 'scan.finished', ${AT},
      cast('{"actor":{"id":"${FIRST.user}","kind":"user"}}' as ${types.bytes}))`,
  ]
}

const owned = `'${FIRST.organisation}'`
const ROWS: readonly string[] = [
  `insert into decision_input (organisation, version) values (${owned}, 7)`,
  `insert into tier (organisation, name) values (${owned}, 'read-only')`,
  `insert into "user" (organisation, id, name, email, email_key, role, active, created_at)
    values (${owned}, '${FIRST.user}', 'Ann', 'ann@first.test', 'ann@first.test', 'administrator', 1, ${AT})`,
  `insert into agent (organisation, id, state, owner, created_at)
    values (${owned}, '${FIRST.agent}', 'discovered', '${FIRST.user}', ${AT})`,
  `insert into fact (organisation, subject, name, kind, source, value, at)
    values (${owned}, '${FIRST.agent}', 'name', 'observed', 'laptop', '"Cursor"', ${AT})`,
  `insert into scan (organisation, id, reporter, roots, started_at, finished_at, unreadable, coverage)
    values (${owned}, '${FIRST.scan}', 'laptop', '["/home/ann"]', ${AT}, ${AT}, '[]', '{"filesRead":1}')`,
  `insert into observation (organisation, reporter, kind, key, subject, scan, body, first_seen, last_seen)
    values (${owned}, 'laptop', 'agent', 'agent-1', '${FIRST.agent}', '${FIRST.scan}', '{"name":"Cursor"}', ${AT}, ${AT})`,
  `insert into observed_server (organisation, id, key, name, transport, system, capabilities, flags, first_seen, last_seen)
    values (${owned}, '${FIRST.server}', 'server-1', 'github', 'stdio', 'GitHub', '["read"]', '[]', ${AT}, ${AT})`,
  `insert into credential (organisation, id, key, kind, provider, stored_as, fingerprint, locations, first_seen, last_seen)
    values (${owned}, '${FIRST.credential}', 'cred-1', 'github-token', 'github', 'plaintext', 'f1', '["/x:1"]', ${AT}, ${AT})`,
  `insert into agent_use (organisation, agent, kind, target)
    values (${owned}, '${FIRST.agent}', 'server', '${FIRST.server}'),
      (${owned}, '${FIRST.agent}', 'credential', '${FIRST.credential}')`,
  `insert into risk_score (organisation, agent, at, score, low, high)
    values (${owned}, '${FIRST.agent}', ${AT}, 40, 30, 60)`,
]
