import { newHandle, Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { type Caller, isSteward } from "../registry/caller.ts"
import { enrolmentCodeHash } from "../tokens/enrolment-code.ts"
import type { OfferedEnrolment } from "../tokens/offer-enrolment.ts"
import type { Transact } from "../transaction.ts"

/** What managing reporters needs. */
export interface ReporterDeps extends RecordContext {
  readonly transact: Transact<"outbox" | "reporters" | "search">
}

/** How long a code waits: long enough to roll it out to a machine, too short to be forgotten. */
const CODE_LIFETIME_MS = 60 * 60 * 1000

/**
 * Makes a one-time code by which a machine enrols as a reporter. Whoever holds it may add to the inventory and gets the
 * organisation's fingerprint key, so only those who look after every agent may make one. Nothing but its hash is kept.
 *
 * @throws {Problem} not_allowed
 */
export async function offerReporterEnrolment(
  deps: ReporterDeps,
  by: Caller,
  name: string,
): Promise<OfferedEnrolment> {
  assertMayManageReporters(by)
  const { transact, clock } = deps
  const code = newHandle()
  const expiresAt = new Date(clock.now().getTime() + CODE_LIFETIME_MS)
  await transact(async ({ reporters, outbox }) => {
    const codeHash = enrolmentCodeHash(code)
    await reporters.offerEnrolment({ codeHash, name, createdBy: by.id, expiresAt })
    await recordEvent(deps, outbox, {
      type: "reporter.offered",
      actor: { kind: "user", id: by.id },
      data: { name, expiresAt: expiresAt.toISOString() },
    })
  })
  return { code, expiresAt }
}

/**
 * Lets through those who look after every agent.
 *
 * @throws {Problem} not_allowed
 */
export function assertMayManageReporters(by: Caller): void {
  if (!isSteward(by))
    throw new Problem("not_allowed", "only security and administrators may manage reporters")
}
