import type { ControlView, FindingSubjectKind, FindingView, RuleView } from "@tabard/api"
import {
  controlCatalogue,
  controlName,
  type FindingCount,
  findingRule,
  type Transaction,
} from "@tabard/control"
import { type Finding, findingStateAt, type Id, isId, type RuleDescription, standingAt } from "@tabard/core"
import { type Names, namesOf } from "./names.ts"
import { newestOf, placeOf } from "./seen-places.ts"

/** The stores that findings are shown from. */
export type FindingReads = Pick<Transaction, "facts" | "findings" | "observations" | "reporters" | "users">

/** How many of the agents that a finding concerns are named. */
const AGENTS_SHOWN = 10

/** How many of the findings about an agent are shown. */
const FINDINGS_SHOWN = 100

/** Shows findings with the names of today, with as many questions to the store for a hundred as for one. */
export async function findingViews(
  tx: FindingReads,
  findings: readonly Finding[],
  now: Date,
): Promise<readonly FindingView[]> {
  const subjects = [...new Set(findings.map(({ subject }) => subject))]
  const users = await tx.observations.usersOf(subjects.filter(isUsed))
  const concerned = (subject: string): readonly Id<"agent">[] =>
    isId("agent", subject) ? [subject] : (users.get(subject) ?? []).slice(0, AGENTS_SHOWN)
  const names = await namesOf(tx, {
    agents: subjects.flatMap(concerned),
    people: findings.map(({ standing }) => (standing.kind === "accepted" ? standing.by : null)),
  })
  const called = await subjectNames(tx, subjects, names)
  const seen = Map.groupBy(await tx.observations.of(subjects), ({ subject }) => subject)
  return findings.map((finding) => ({
    ...saidOf(finding),
    ...standingOf(finding, names, now),
    subject: {
      kind: kindOf(finding.subject),
      id: finding.subject,
      name: called.get(finding.subject) ?? finding.subject,
      place: placeOf(newestOf(seen.get(finding.subject) ?? [])),
    },
    agents: concerned(finding.subject).map((id) => names.agent(id)),
  }))
}

/** Shows what is to be put right, or lived with, about an agent and what it uses; the worst first. */
export async function agentFindings(
  tx: FindingReads,
  agent: Id<"agent">,
  now: Date,
): Promise<readonly FindingView[]> {
  const uses = (await tx.observations.linksOf([agent])).get(agent)
  const subjects = [agent, ...(uses?.servers ?? []), ...(uses?.credentials ?? [])]
  const states = ["open", "accepted"] as const
  return findingViews(tx, await tx.findings.list({ now, subjects, states, limit: FINDINGS_SHOWN }), now)
}

/** Shows rules, and how many findings of each stand. */
export function ruleViews(
  rules: readonly RuleDescription[],
  standing: readonly FindingCount[],
): readonly RuleView[] {
  const counts = Map.groupBy(standing, ({ rule }) => rule)
  return rules.map((rule) => {
    const own = counts.get(rule.id) ?? []
    const inState = (state: "open" | "accepted"): number =>
      own.filter((count) => count.state === state).reduce((sum, count) => sum + count.findings, 0)
    return { ...describe(rule), open: inState("open"), accepted: inState("accepted") }
  })
}

function describe({
  id,
  title,
  severity,
  remediation,
  controls,
}: RuleDescription): Omit<RuleView, "open" | "accepted"> {
  return { id, title, severity, remediation, controls: controls.flatMap((name) => control(name) ?? []) }
}

let controlsByName: ReadonlyMap<string, ControlView> | undefined

function control(name: string): ControlView | undefined {
  controlsByName ??= new Map(controlCatalogue().controls.map((each) => [controlName(each), each]))
  return controlsByName.get(name)
}

type Said = Pick<
  FindingView,
  "id" | "rule" | "title" | "severity" | "message" | "remediation" | "controls" | "evidence"
>

/** A rule that an older or newer program had is told by its id. */
function saidOf({ id, rule, severity, message, evidence }: Finding): Said {
  const known = findingRule(rule)
  const { title = rule, remediation = "", controls = [] } = known ? describe(known) : {}
  return { id, rule, title, severity, message, remediation, controls, evidence }
}

type Standing = Pick<
  FindingView,
  "state" | "openedAt" | "lastSeenAt" | "resolvedAt" | "reopened" | "acceptance"
>

function standingOf(finding: Finding, names: Names, now: Date): Standing {
  const standing = standingAt(finding, now)
  return {
    state: findingStateAt(finding, now),
    openedAt: finding.openedAt.toISOString(),
    lastSeenAt: finding.lastSeenAt.toISOString(),
    resolvedAt: standing.kind === "resolved" ? standing.at.toISOString() : null,
    reopened: finding.reopened,
    acceptance:
      standing.kind === "accepted"
        ? {
            by: names.person(standing.by),
            at: standing.at.toISOString(),
            reason: standing.reason,
            until: standing.until.toISOString(),
          }
        : null,
  }
}

function kindOf(subject: string): FindingSubjectKind {
  if (isId("agent", subject)) return "agent"
  if (isId("credential", subject)) return "credential"
  return isId("server", subject) ? "server" : "source"
}

function isUsed(subject: string): subject is Id<"credential"> | Id<"server"> {
  return isId("credential", subject) || isId("server", subject)
}

async function subjectNames(
  tx: FindingReads,
  subjects: readonly string[],
  names: Names,
): Promise<ReadonlyMap<string, string>> {
  const servers = await tx.observations.findServers(subjects.filter((id) => isId("server", id)))
  const credentials = await tx.observations.findCredentials(subjects.filter((id) => isId("credential", id)))
  const reporters = subjects.filter((id) => isId("reporter", id))
  return new Map<string, string>([
    ...subjects.filter((id) => isId("agent", id)).map((id) => [id, names.agent(id).name] as const),
    ...servers.map(({ id, name }) => [id, name] as const),
    ...credentials.map(({ id, kind, provider }) => [id, provider ? `${kind} (${provider})` : kind] as const),
    ...(reporters.length > 0 ? await tx.reporters.of(reporters) : []).map(
      ({ id, name }) => [id, name] as const,
    ),
  ])
}
