import {
  type Bounds,
  type JsonObject,
  LIFETIME_MINUTES,
  Problem,
  SIGNING_KEY_DAYS,
  TIERS,
  type TierName,
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
function normal({
  lifetimeMinutes,
  bearerTiers,
  networks,
  proofNonce,
  signingKeyDays,
}: TokenSettings): TokenSettings {
  const sorted = (tier: TierName): readonly string[] => [...new Set(networks[tier])].toSorted()
  return {
    networks: {
      "read-only": sorted("read-only"),
      transactional: sorted("transactional"),
      operator: sorted("operator"),
    },
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

function asData({ lifetimeMinutes, networks, ...others }: TokenSettings): JsonObject {
  return { ...others, networks: { ...networks }, lifetimeMinutes: { ...lifetimeMinutes } }
}

function assertWithin(name: string, value: number, { min, max }: Bounds): void {
  if (Number.isInteger(value) && value >= min && value <= max) return
  throw new Problem("body_invalid", `${name} must be a whole number from ${min} to ${max}`)
}
