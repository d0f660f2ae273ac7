import {
  type Bounds,
  DELEGATION_DEPTH,
  GRACE_DAYS,
  IDLE_DAYS,
  LEAVER_GRACE_DAYS,
  MOST_WARNINGS,
  Problem,
  type Settings,
  WARN_DAYS,
} from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transact } from "../transaction.ts"
import type { Caller } from "./caller.ts"

export interface PutSettingsDeps extends RecordContext {
  readonly transact: Transact<"organisation" | "outbox">
}

/** What is to be settled; what is not named stays as it is. */
export type SettingsWish = { readonly [Name in keyof Settings]?: Settings[Name] | undefined }

/**
 * Settles what holds for the whole organisation.
 *
 * @throws {Problem} not_allowed, body_invalid
 */
export async function putSettings(deps: PutSettingsDeps, by: Caller, wish: SettingsWish): Promise<void> {
  if (by.role !== "administrator") throw new Problem("not_allowed", "administrators settle this")
  await deps.transact(async ({ organisation, outbox }) => {
    const before = await organisation.settings()
    const settings = merged(before, wish)
    assertBounded(settings)
    if (JSON.stringify(before) === JSON.stringify(settings)) return
    await organisation.putSettings(settings)
    await recordEvent(deps, outbox, {
      type: "settings.changed",
      actor: { kind: "user", id: by.id },
      data: { ...settings, before: { ...before } },
    })
  })
}

/** Warnings go the earliest first, each once: so they are kept, and compared. */
function merged(before: Settings, wish: SettingsWish): Settings {
  const warnDays = wish.warnDays ?? before.warnDays
  return {
    graceDays: wish.graceDays ?? before.graceDays,
    warnDays: [...new Set(warnDays)].toSorted((one, other) => other - one),
    idleDays: wish.idleDays ?? before.idleDays,
    leaverGraceDays: wish.leaverGraceDays ?? before.leaverGraceDays,
    delegationDepth: wish.delegationDepth ?? before.delegationDepth,
    widenedByAnother: wish.widenedByAnother ?? before.widenedByAnother,
  }
}

function assertBounded(settings: Settings): void {
  const { graceDays, warnDays, idleDays, leaverGraceDays, delegationDepth } = settings
  const { min, max } = DELEGATION_DEPTH
  if (!Number.isInteger(delegationDepth) || delegationDepth < min || delegationDepth > max)
    throw new Problem(
      "body_invalid",
      `delegationDepth must be a whole number of agents from ${min} to ${max}`,
    )
  assertDays("graceDays", graceDays, GRACE_DAYS)
  assertDays("idleDays", idleDays, IDLE_DAYS)
  assertDays("leaverGraceDays", leaverGraceDays, LEAVER_GRACE_DAYS)
  if (warnDays.length < 1 || warnDays.length > MOST_WARNINGS)
    throw new Problem("body_invalid", `warnDays must name 1 to ${MOST_WARNINGS} days`)
  for (const days of warnDays) assertDays("warnDays", days, WARN_DAYS)
}

function assertDays(name: string, days: number, { min, max }: Bounds): void {
  if (Number.isInteger(days) && days >= min && days <= max) return
  throw new Problem("body_invalid", `${name} must be a whole number of days from ${min} to ${max}`)
}
