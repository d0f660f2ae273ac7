import type { LargeTabardReady } from "../large-organisation-process.ts"

/** One thing that is asked of the API, and by whom. */
export interface Question {
  readonly name: string
  readonly as: "administrator" | "member"
  /** Below `/api/v1`. */
  readonly path: string
  /** Whether a page deep inside is asked for, and not the first. */
  readonly deep?: true
}

type Known = Pick<
  LargeTabardReady,
  "administrator" | "member" | "ownAgent" | "otherAgent" | "task" | "reporter"
>

/** The least that the API answers to somebody signed in. */
export const BARE: Question = { name: "GET /session, the bare limit", as: "administrator", path: "/session" }

/** What people with a view of everything ask: single things, and every list. */
export function administratorQuestions(known: Known): readonly Question[] {
  return [
    ...["/overview", "/risk-picture", `/agents/${known.otherAgent}`],
    ...["/agents", ...filtered("/agents", AGENT_FILTERS), `/agents?owner=${known.member}`],
    ...["/inventory/credentials", ...filtered("/inventory/credentials", CREDENTIAL_FILTERS)],
    ...["/inventory/servers", "/inventory/resources", "/inventory/tools"],
    ...[
      "/findings",
      ...filtered("/findings", FINDING_FILTERS),
      `/findings?agent=${known.otherAgent}`,
      "/rules",
    ],
    ...["/events", ...filtered("/events", EVENT_FILTERS)],
    ...[`/events?agent=${known.otherAgent}`, `/events?task=${known.task}`],
    ...["/people", "/people?role=auditor", "/people?active=false", "/teams"],
    ...["/scans", "/scans?own=true", `/scans?reporter=${known.reporter}`, "/reporters"],
    ...["/servers", "/approvals", "/approvals?state=pending", "/offers", "/sessions", "/api-tokens"],
  ]
    .map((path): Question => ({ name: nameOf(path, known), as: "administrator", path }))
    .flatMap((question) => (DEEP.includes(question.path) ? [question, deepIn(question)] : [question]))
}

/** What a member with twenty agents asks. */
export function memberQuestions(known: Known): readonly Question[] {
  return [
    ...["/overview", "/risk-picture", `/agents/${known.ownAgent}`, "/agents", "/findings"],
    ...[
      "/findings?state=open",
      "/events",
      "/events?type=call.finished",
      "/approvals",
      "/offers",
      "/people",
      "/rules",
    ],
  ].map((path) => ({ name: nameOf(path, known), as: "member", path }))
}

const AGENT_FILTERS = [
  "state=discovered",
  "orphaned=true",
  "shadow=true",
  "vanished=true",
  "category=chatbot",
  "tier=operator",
  "band=critical",
]
const CREDENTIAL_FILTERS = ["kind=slack-token", "provider=aws", "storedAs=keychain", "vanished=true"]
const FINDING_FILTERS = ["state=open", "state=accepted", "severity=critical", "rule=plaintext-credential"]
const EVENT_FILTERS = ["type=agent.discovered", "from=2026-09-01T00:00:00Z&until=2026-09-01T01:00:00Z"]

/** The lists that go deep. */
const DEEP = [
  "/agents",
  "/inventory/credentials",
  "/inventory/servers",
  "/findings",
  "/events",
  "/people",
  "/scans",
]

function filtered(path: string, filters: readonly string[]): readonly string[] {
  return filters.map((filter) => `${path}?${filter}`)
}

function deepIn(question: Question): Question {
  return { ...question, name: `${question.name}, deep inside`, deep: true }
}

/** An id says nothing to a reader. */
function nameOf(path: string, known: Known): string {
  return Object.entries(known).reduce(
    (name, [what, id]) => name.replace(String(id), WORDS[what] ?? "…"),
    path,
  )
}

const WORDS: Readonly<Record<string, string>> = {
  ownAgent: "{own}",
  otherAgent: "{id}",
  member: "{id}",
  reporter: "{id}",
  task: "{id}",
}
