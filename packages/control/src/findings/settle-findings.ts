import {
  bySeverity,
  type Finding,
  type FindingState,
  type Id,
  isId,
  type JsonObject,
  newId,
} from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import type { EventType } from "../audit/event/event-types.ts"
import { recordEvent, recordEvents } from "../audit/event/record-event.ts"
import type { Transaction } from "../transaction.ts"
import type { FindingKey, Sighting } from "./finding-store.ts"
import { RETIRED_STILL_THERE } from "./rules/retired-still-there.ts"

/** The stores that findings are settled in. */
export type FindingStores = Pick<Transaction, "agents" | "findings" | "outbox">

/** Who settles findings by themselves, as the record names them. */
const ACTOR = { kind: "system", id: "findings" } as const

/**
 * Brings the findings about these subjects in line with what is said of them: what is said is open, what nobody says any
 * more is resolved, what is said again opens again under its own id. What a person accepted stays so until it is graver
 * than what they accepted. What is no agent, or none any more, has nothing to put right but that it is still there.
 */
export async function settleFindings(
  deps: RecordContext,
  tx: FindingStores,
  subjects: readonly string[],
): Promise<void> {
  const ended = await endedAmong(tx, subjects)
  const said = (await tx.findings.gravestOf(subjects)).filter(
    ({ subject, rule }) => !ended.has(subject) || rule === RETIRED_STILL_THERE,
  )
  const kept = await tx.findings.of(subjects)
  const known = new Set(kept.map(keyOf))
  await openAll(
    deps,
    tx,
    said.filter((word) => !known.has(keyOf(word))),
  )
  const words = new Map(said.map((word) => [keyOf(word), word]))
  for (const finding of kept) await settle(deps, tx, finding, words.get(keyOf(finding)))
}

/** Spells a finding's key, to look it up by. */
export function keyOf({ rule, subject }: FindingKey): string {
  return `${rule} ${subject}`
}

/** Answers whether two sources say the same of a subject. */
export function isSameWord(a: Words, b: Words): boolean {
  return (
    a.severity === b.severity &&
    a.message === b.message &&
    JSON.stringify(a.evidence) === JSON.stringify(b.evidence)
  )
}

type Words = Pick<Finding, "severity" | "message" | "evidence">

async function endedAmong(
  { agents }: FindingStores,
  subjects: readonly string[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(subjects)].filter((subject): subject is Id<"agent"> => isId("agent", subject))
  const found = await agents.findAll(ids)
  return new Set(
    found.filter(({ state }) => state === "dismissed" || state === "retired").map(({ id }) => id),
  )
}

async function openAll(deps: RecordContext, tx: FindingStores, said: readonly Sighting[]): Promise<void> {
  const fresh = said.map((word) => ({ finding: openedBy(word, deps), source: word.source }))
  const kept = new Set(await tx.findings.insert(fresh.map(({ finding }) => finding)))
  await recordEvents(
    deps,
    tx.outbox,
    fresh
      .filter(({ finding }) => kept.has(finding.id))
      .map(({ finding, source }) => ({
        ...findingEvent(finding, { source }),
        type: "finding.opened",
        actor: ACTOR,
      })),
  )
}

function openedBy(
  { rule, subject, severity, message, evidence }: Sighting,
  { clock }: RecordContext,
): Finding {
  const now = clock.now()
  const word = { rule, subject, severity, message, evidence }
  const times = { openedAt: now, lastSeenAt: now, reopened: 0 }
  return { id: newId("finding", clock), ...word, standing: { kind: "open" }, ...times }
}

async function settle(
  deps: RecordContext,
  tx: FindingStores,
  finding: Finding,
  word: Sighting | undefined,
): Promise<void> {
  if (!word) return resolve(deps, tx, finding)
  const why = whyAgain(finding, word)
  const { severity, message, evidence } = word
  if (why || !isSameWord(finding, word)) {
    const lastSeenAt = deps.clock.now()
    await tx.findings.describe({ id: finding.id, severity, message, evidence, lastSeenAt })
  }
  if (why) await reopenFinding(deps, tx, { ...finding, severity }, { why, source: word.source })
}

async function resolve(deps: RecordContext, tx: FindingStores, finding: Finding): Promise<void> {
  const { kind } = finding.standing
  if (kind === "resolved") return
  if (await tx.findings.move(finding.id, kind, { kind: "resolved", at: deps.clock.now() }))
    await tell(deps, tx, finding, "finding.resolved")
}

function whyAgain({ standing, severity }: Finding, word: Sighting): string | undefined {
  if (standing.kind === "resolved") return "it is there again"
  const isGraver = bySeverity(word.severity, severity) < 0
  return standing.kind === "accepted" && isGraver ? "it is graver than what was accepted" : undefined
}

/** Opens a finding that was resolved or accepted again, for a reason that is told; answers whether it was still so. */
export async function reopenFinding(
  deps: RecordContext,
  tx: FindingStores,
  finding: Finding,
  data: { readonly why: string; readonly source?: string },
): Promise<boolean> {
  const from: FindingState = finding.standing.kind
  const moved = await tx.findings.move(finding.id, from, { kind: "open" })
  if (moved) await tell(deps, tx, finding, "finding.reopened", data)
  return moved
}

async function tell(
  deps: RecordContext,
  { outbox }: FindingStores,
  finding: Finding,
  ...[type, data]: [EventType, JsonObject?]
): Promise<void> {
  await recordEvent(deps, outbox, { ...findingEvent(finding, data), type, actor: ACTOR })
}

/** What every event about a finding says of it; its message stays out, as it may quote what a stranger wrote. */
export function findingEvent(
  { id, rule, subject, severity }: Finding,
  data: JsonObject = {},
): { readonly agent?: Id<"agent">; readonly resource: string; readonly data: JsonObject } {
  return {
    ...(isId("agent", subject) && { agent: subject }),
    resource: subject,
    data: { finding: id, rule, severity, ...data },
  }
}
