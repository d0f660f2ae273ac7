import { Problem } from "@tabard/core"
import type { Caller } from "../../registry/caller.ts"
import type { Transact } from "../../transaction.ts"
import type { RecordContext } from "../event/audit-event.ts"
import { recordEvent } from "../event/record-event.ts"
import type { Retention } from "./retention-store.ts"

/** The bounds of a retention, in months: what is shorter than `short` has to be meant. */
export const RETENTION_MONTHS = { min: 1, short: 6, max: 1200 } as const

/** What an administrator wants: for how long the record is kept, and why. */
export interface RetentionWish {
  /** Null keeps all of it for ever. */
  readonly months: number | null
  readonly reason: string
  /** Says that it is meant where it is shorter than six months. */
  readonly acknowledgeShort?: boolean | undefined
}

export interface PutRetentionDeps extends RecordContext {
  readonly transact: Transact<"outbox" | "retention">
}

/**
 * Settles after how many months entries may leave the record. Nothing is pruned before somebody has; what is pruned does not
 * come back, whatever is settled later.
 *
 * @throws {Problem} not_allowed, body_invalid
 */
export async function putRetention(
  deps: PutRetentionDeps,
  by: Caller,
  { months, reason, acknowledgeShort = false }: RetentionWish,
): Promise<Retention> {
  if (by.role !== "administrator") throw new Problem("not_allowed", "administrators settle this")
  assertMonths(months, acknowledgeShort)
  return deps.transact(async ({ outbox, retention }) => {
    const before = await retention.find()
    if (before?.months === months) return before
    const settled = { months, reason, setBy: by.id, setAt: deps.clock.now() }
    await retention.put(settled)
    await recordEvent(deps, outbox, {
      type: "retention.changed",
      actor: { kind: "user", id: by.id },
      data: { months, reason, before: before?.months ?? null },
    })
    return settled
  })
}

function assertMonths(months: number | null, acknowledged: boolean): void {
  if (months === null) return
  const { min, short, max } = RETENTION_MONTHS
  if (!Number.isInteger(months) || months < min || months > max)
    throw new Problem(
      "body_invalid",
      `months must be a whole number from ${min} to ${max}, or null to keep all`,
    )
  if (months < short && !acknowledged) {
    throw new Problem(
      "body_invalid",
      `auditors ask for at least ${short} months: send acknowledgeShort: true if ${months} is meant`,
    )
  }
}
