import { GRACE_DAYS, Problem, type Settings } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transact } from "../transaction.ts"
import type { Caller } from "./caller.ts"

export interface PutSettingsDeps extends RecordContext {
  readonly transact: Transact<"organisation" | "outbox">
}

/**
 * Settles what holds for the whole organisation.
 *
 * @throws {Problem} not_allowed, body_invalid
 */
export async function putSettings(deps: PutSettingsDeps, by: Caller, settings: Settings): Promise<void> {
  if (by.role !== "administrator") throw new Problem("not_allowed", "administrators settle this")
  assertGrace(settings)
  await deps.transact(async ({ organisation, outbox }) => {
    const before = await organisation.settings()
    if (before.graceDays === settings.graceDays) return
    await organisation.putSettings(settings)
    await recordEvent(deps, outbox, {
      type: "settings.changed",
      actor: { kind: "user", id: by.id },
      data: { graceDays: settings.graceDays, before: { graceDays: before.graceDays } },
    })
  })
}

function assertGrace({ graceDays }: Settings): void {
  const { min, max } = GRACE_DAYS
  if (Number.isInteger(graceDays) && graceDays >= min && graceDays <= max) return
  throw new Problem("body_invalid", `graceDays must be a whole number of days from ${min} to ${max}`)
}
