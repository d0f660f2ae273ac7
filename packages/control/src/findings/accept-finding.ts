import { type Agent, type Finding, type Id, isId, Problem, standingAt } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { type Caller, isSteward } from "../registry/caller.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { reopenLapsed } from "./lapse-acceptances.ts"
import { type FindingStores, findingEvent } from "./settle-findings.ts"

type Stores = FindingStores & Pick<Transaction, "observations">

export interface AcceptFindingDeps extends RecordContext {
  readonly transact: Transact<keyof Stores>
}

/** A person's word that a finding is lived with until a date. */
export interface AcceptanceRequest {
  readonly finding: string
  readonly reason: string
  readonly until: Date
}

/** The longest that a finding may be accepted at one time. */
const MAX_ACCEPTANCE_MS = 366 * 24 * 3600 * 1000

/**
 * Accepts a finding until a date, with the reason in the record. After that date it is open again by itself, and before
 * it where the same becomes graver.
 *
 * @throws {Problem} finding_not_found, finding_state_conflict, not_allowed, body_invalid
 */
export async function acceptFinding(
  deps: AcceptFindingDeps,
  by: Caller,
  { finding: id, reason, until }: AcceptanceRequest,
): Promise<void> {
  const now = deps.clock.now()
  assertUntil(until, now)
  await deps.transact(async (tx) => {
    const finding = await findFinding(tx, id)
    await assertMayJudge(tx, by, finding)
    if (standingAt(finding, now).kind !== "open") throw conflict(finding, "only an open one can be accepted")

    const acceptance = { kind: "accepted", by: by.id, at: now, reason, until } as const
    await lapse(deps, tx, finding)
    if (!(await tx.findings.move(finding.id, "open", acceptance)))
      throw conflict(finding, "somebody was quicker")
    await recordEvent(deps, tx.outbox, {
      ...findingEvent(finding, { reason, until: until.toISOString() }),
      type: "finding.accepted",
      actor: { kind: "user", id: by.id },
    })
  })
}

/**
 * Takes an acceptance back: the finding is open again at once.
 *
 * @throws {Problem} finding_not_found, finding_state_conflict, not_allowed
 */
export async function withdrawAcceptance(
  deps: AcceptFindingDeps,
  by: Caller,
  { finding: id, reason }: Pick<AcceptanceRequest, "finding" | "reason">,
): Promise<void> {
  await deps.transact(async (tx) => {
    const finding = await findFinding(tx, id)
    await assertMayJudge(tx, by, finding)
    if (!(await tx.findings.move(finding.id, "accepted", { kind: "open" })))
      throw conflict(finding, "only an accepted one can be opened again")
    await recordEvent(deps, tx.outbox, {
      ...findingEvent(finding, { why: reason }),
      type: "finding.reopened",
      actor: { kind: "user", id: by.id },
    })
  })
}

/**
 * Answers a finding by what a caller named it.
 *
 * @throws {Problem} finding_not_found
 */
export async function findFinding(
  { findings }: Pick<FindingStores, "findings">,
  id: string,
): Promise<Finding> {
  const finding = isId("finding", id) ? await findings.find(id) : undefined
  if (!finding) throw new Problem("finding_not_found", `there is no finding ${id.slice(0, 80)}`)
  return finding
}

function assertUntil(until: Date, now: Date): void {
  const ms = until.getTime() - now.getTime()
  if (ms > 0 && ms <= MAX_ACCEPTANCE_MS) return
  throw new Problem("body_invalid", "until must lie ahead, and no more than a year")
}

/** Security and administrators may, and whoever owns all the agents that it is about. */
async function assertMayJudge(tx: Stores, by: Caller, { subject }: Finding): Promise<void> {
  if (isSteward(by)) return
  const agents = await tx.agents.findAll(await agentsBehind(tx, subject))
  if (agents.length > 0 && agents.every((agent) => isOwnedBy(agent, by.id))) return
  throw new Problem(
    "not_allowed",
    "security and administrators may do this, and whoever owns all the agents that it is about",
  )
}

function isOwnedBy({ owner }: Agent, user: Id<"user">): boolean {
  return owner === user
}

async function agentsBehind({ observations }: Stores, subject: string): Promise<readonly Id<"agent">[]> {
  if (isId("agent", subject)) return [subject]
  const isThing = isId("credential", subject) || isId("server", subject)
  return isThing ? ((await observations.usersOf([subject])).get(subject) ?? []) : []
}

/** An acceptance that is over is noted first, so that the next one starts from an open finding. */
async function lapse(deps: RecordContext, tx: FindingStores, finding: Finding): Promise<void> {
  if (finding.standing.kind === "accepted") await reopenLapsed(deps, tx, finding)
}

function conflict({ standing }: Finding, next: string): Problem {
  return new Problem("finding_state_conflict", `the finding is ${standing.kind}: ${next}`)
}
