import {
  type Bounds,
  LIFETIME_MINUTES,
  Problem,
  SIGNING_KEY_DAYS,
  TIERS,
  type TokenSettings,
} from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Caller } from "../registry/caller.ts"
import type { Transact } from "../transaction.ts"

export interface PutTokenSettingsDeps extends RecordContext {
  readonly transact: Transact<"organisation" | "outbox">
}

/**
 * Settles how long tokens live, whose may be bound to no key, what proofs have to repeat and how often the signing key
 * changes. It holds for tokens that are issued from the next second on.
 *
 * @throws {Problem} not_allowed, body_invalid
 */
export async function putTokenSettings(
  deps: PutTokenSettingsDeps,
  by: Caller,
  wanted: TokenSettings,
): Promise<TokenSettings> {
  if (by.role !== "administrator") throw new Problem("not_allowed", "administrators settle this")
  const settings = normal(wanted)
  for (const tier of TIERS)
    assertWithin(`lifetimeMinutes of ${tier}`, settings.lifetimeMinutes[tier], LIFETIME_MINUTES)
  assertWithin("signingKeyDays", settings.signingKeyDays, SIGNING_KEY_DAYS)
  return deps.transact(async ({ organisation, outbox }) => {
    const before = normal(await organisation.tokenSettings())
    if (JSON.stringify(before) === JSON.stringify(settings)) return before
    await organisation.putTokenSettings(settings)
    await organisation.bumpVersion()
    await recordEvent(deps, outbox, {
      type: "settings.changed",
      actor: { kind: "user", id: by.id },
      data: { tokens: asData(settings), before: { tokens: asData(before) } },
    })
    return settings
  })
}

/** One spelling for one set of settings. */
function normal({ lifetimeMinutes, bearerTiers, proofNonce, signingKeyDays }: TokenSettings): TokenSettings {
  return {
    lifetimeMinutes: {
      "read-only": lifetimeMinutes["read-only"],
      transactional: lifetimeMinutes.transactional,
      operator: lifetimeMinutes.operator,
    },
    bearerTiers: TIERS.filter((tier) => bearerTiers.includes(tier)),
    proofNonce,
    signingKeyDays,
  }
}

function asData({ lifetimeMinutes, bearerTiers, ...others }: TokenSettings): {
  readonly [name: string]: string | number | readonly string[] | { readonly [name: string]: number }
} {
  return { ...others, lifetimeMinutes: { ...lifetimeMinutes }, bearerTiers: [...bearerTiers] }
}

function assertWithin(name: string, value: number, { min, max }: Bounds): void {
  if (Number.isInteger(value) && value >= min && value <= max) return
  throw new Problem("body_invalid", `${name} must be a whole number from ${min} to ${max}`)
}
