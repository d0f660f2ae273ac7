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
  const { otherAgent, member, task, reporter } = known
  const paths = [
    `/overview /risk-picture /agents/${otherAgent}`,
    `/agents ${filtered("/agents", AGENT_FILTERS)} /agents?owner=${member}`,
    `/inventory/credentials ${filtered("/inventory/credentials", CREDENTIAL_FILTERS)}`,
    "/inventory/servers /inventory/resources /inventory/tools",
    `/findings ${filtered("/findings", FINDING_FILTERS)} /findings?agent=${otherAgent} /rules`,
    `/events ${filtered("/events", EVENT_FILTERS)} /events?agent=${otherAgent} /events?task=${task} /events?person=${member}`,
    "/people /people?role=auditor /people?active=false /teams",
    `/scans /scans?own=true /scans?reporter=${reporter} /reporters`,
    "/servers /approvals /approvals?state=pending /offers /sessions /api-tokens",
  ]
  return questionsOf(paths, "administrator", known).flatMap((question) =>
    DEEP.has(question.path) ? [question, deepIn(question)] : [question],
  )
}

/** What a member with twenty agents asks. */
export function memberQuestions(known: Known): readonly Question[] {
  const paths = [
    `/overview /risk-picture /agents/${known.ownAgent} /agents /findings /findings?state=open`,
    "/events /events?type=call.finished /approvals /offers /people /rules",
  ]
  return questionsOf(paths, "member", known)
}

function questionsOf(paths: readonly string[], as: Question["as"], known: Known): readonly Question[] {
  return paths.flatMap((line) => line.split(" ")).map((path) => ({ name: nameOf(path, known), as, path }))
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
const EVENT_FILTERS = [
  "type=agent.discovered",
  "from=2026-09-01T00:00:00Z&until=2026-09-01T01:00:00Z",
  "effect=deny",
  "group=calls",
  "tool=mail/send",
  "tool=notes",
  "tool=mail/send&effect=deny",
]

/** The lists that go deep. */
const DEEP: ReadonlySet<string> = new Set([
  "/agents",
  "/inventory/credentials",
  "/inventory/servers",
  "/findings",
  "/events",
  "/people",
  "/scans",
])

function filtered(path: string, filters: readonly string[]): string {
  return filters.map((filter) => `${path}?${filter}`).join(" ")
}

function deepIn(question: Question): Question {
  return { ...question, name: `${question.name}, deep inside`, deep: true }
}

/** An id says nothing to a reader. */
function nameOf(path: string, known: Known): string {
  return WORDS.reduce((name, [what, word]) => name.replace(known[what], word), path)
}

const WORDS = [
  ["ownAgent", "{own}"],
  ["otherAgent", "{id}"],
  ["member", "{id}"],
  ["reporter", "{id}"],
  ["task", "{id}"],
] as const
