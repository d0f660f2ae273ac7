import {
  type Bounds,
  type JsonObject,
  LIFETIME_MINUTES,
  type OtherServer,
  Problem,
  SIGNING_KEY_DAYS,
  TIERS,
  type TierName,
  type TimeWindow,
  type TokenCondition,
  type TokenSettings,
} from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { isRedirectUri } from "../clients/redirect-uri.ts"
import type { Caller } from "../registry/caller.ts"
import type { Transact } from "../transaction.ts"
import { assertZones, normalCondition } from "./normal-condition.ts"

export interface PutTokenSettingsDeps extends RecordContext {
  readonly transact: Transact<"organisation" | "outbox">
}

/**
 * Settles how long tokens live, from where and when they count, whose may be bound to no key, what proofs have to repeat and how often the signing key
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
  for (const tier of TIERS) {
    assertWithin(`lifetimeMinutes of ${tier}`, settings.lifetimeMinutes[tier], LIFETIME_MINUTES)
    assertZones(settings.hours[tier])
  }
  assertWithin("signingKeyDays", settings.signingKeyDays, SIGNING_KEY_DAYS)
  assertOtherServers(settings.otherServers)
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
  hours,
  proofNonce,
  signingKeyDays,
  signingAlgorithm,
  clientRegistration,
  otherServers,
}: TokenSettings): TokenSettings {
  const normalOf = (tier: TierName): TokenCondition =>
    normalCondition({ networks: networks[tier], hours: hours[tier] })
  const sorted = (tier: TierName): readonly string[] => normalOf(tier).networks
  const windows = (tier: TierName): readonly TimeWindow[] => normalOf(tier).hours
  return {
    hours: {
      "read-only": windows("read-only"),
      transactional: windows("transactional"),
      operator: windows("operator"),
    },
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
    signingAlgorithm,
    clientRegistration,
    otherServers: otherServers.map(normalServer),
  }
}

function normalServer({ issuer, client, clientId, scope, resources }: OtherServer): OtherServer {
  return { issuer, client, clientId, scope: [...new Set(scope)], resources: [...new Set(resources)] }
}

function asData({ lifetimeMinutes, networks, hours, otherServers, ...others }: TokenSettings): JsonObject {
  return {
    ...others,
    otherServers: otherServers.map((server) => ({ ...server })),
    networks: { ...networks },
    hours: {
      "read-only": windowData(hours["read-only"]),
      transactional: windowData(hours.transactional),
      operator: windowData(hours.operator),
    },
    lifetimeMinutes: { ...lifetimeMinutes },
  }
}

function windowData(windows: readonly TimeWindow[]): readonly JsonObject[] {
  return windows.map(({ days, ...others }) => ({ ...others, days: [...days] }))
}

/** Nothing that is signed for a server is sent in the clear, and one pair of server and client is listed once. */
function assertOtherServers(servers: readonly OtherServer[]): void {
  const known = new Set(servers.map(({ issuer, client }) => JSON.stringify([issuer, client])))
  if (known.size < servers.length)
    throw new Problem("body_invalid", "otherServers names a server twice for one client")
  for (const { issuer, resources } of servers)
    for (const address of [issuer, ...resources])
      if (!isRedirectUri(address) || !/^https?:/.test(address))
        throw new Problem("body_invalid", `${address.slice(0, 200)} is no https address`)
}

function assertWithin(name: string, value: number, { min, max }: Bounds): void {
  if (Number.isInteger(value) && value >= min && value <= max) return
  throw new Problem("body_invalid", `${name} must be a whole number from ${min} to ${max}`)
}
