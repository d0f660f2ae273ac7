import {
  type Bounds,
  type ByTier,
  type JsonObject,
  LIFETIME_MINUTES,
  type OtherServer,
  Problem,
  SIGNING_KEY_DAYS,
  TIERS,
  type TierName,
  type TimeWindow,
  type TokenSettings,
} from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { isRedirectUri } from "../clients/redirect-uri.ts"
import { tiersInForce } from "../policies/tiers-in-force.ts"
import type { Caller } from "../registry/caller.ts"
import type { Transact } from "../transaction.ts"
import { assertZones, normalCondition } from "./normal-condition.ts"

export interface PutTokenSettingsDeps extends RecordContext {
  readonly transact: Transact<"organisation" | "outbox" | "policies">
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
  for (const [tier, minutes] of entriesOf(settings.lifetimeMinutes))
    assertWithin(`lifetimeMinutes of ${tier}`, minutes, LIFETIME_MINUTES)
  for (const [, windows] of entriesOf(settings.hours)) assertZones(windows)
  assertWithin("signingKeyDays", settings.signingKeyDays, SIGNING_KEY_DAYS)
  assertOtherServers(settings.otherServers)
  return deps.transact(async ({ organisation, outbox, policies }) => {
    const before = normal(await organisation.tokenSettings())
    // What was settled of a tier that is gone since settles nothing, and stays until somebody takes it out.
    assertTiers(settings, new Set([...(await tiersInForce({ policies })).keys(), ...tiersNamed(before)]))
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
  return {
    hours: byTier(hours, (windows) => normalCondition({ networks: [], hours: windows }).hours),
    networks: byTier(networks, (listed) => normalCondition({ networks: listed, hours: [] }).networks),
    lifetimeMinutes: byTier(lifetimeMinutes, (minutes) => minutes),
    bearerTiers: inOrder(bearerTiers),
    proofNonce,
    signingKeyDays,
    signingAlgorithm,
    clientRegistration,
    otherServers: otherServers.map(normalServer),
  }
}

/** What is settled by tier in one order: the tiers that ship, and then the organisation's own by name. */
function byTier<Value, Normal>(settled: ByTier<Value>, normalOf: (value: Value) => Normal): ByTier<Normal> {
  const own = entriesOf(settled).filter(([tier]) => !isShipped(tier))
  return {
    "read-only": normalOf(settled["read-only"]),
    transactional: normalOf(settled.transactional),
    operator: normalOf(settled.operator),
    ...Object.fromEntries(own.map(([tier, value]) => [tier, normalOf(value)])),
  }
}

function inOrder(tiers: readonly TierName[]): readonly TierName[] {
  const own = new Set(tiers.filter((tier) => !isShipped(tier)))
  return [...TIERS.filter((tier) => tiers.includes(tier)), ...[...own].toSorted()]
}

function entriesOf<Value>(settled: ByTier<Value>): readonly (readonly [TierName, Value])[] {
  const entries = Object.entries(settled).flatMap(([tier, value]) =>
    value === undefined ? [] : [[tier, value] as const],
  )
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function isShipped(tier: TierName): boolean {
  return TIERS.some((shipped) => shipped === tier)
}

/** A tier that is misspelt would be settled for nobody. */
function assertTiers(settings: TokenSettings, known: ReadonlySet<TierName>): void {
  const unknown = tiersNamed(settings).find((tier) => !known.has(tier))
  if (unknown !== undefined) throw new Problem("body_invalid", `there is no tier ${unknown.slice(0, 80)}`)
}

function tiersNamed({ lifetimeMinutes, networks, hours, bearerTiers }: TokenSettings): readonly TierName[] {
  return [...[lifetimeMinutes, networks, hours].flatMap((each) => Object.keys(each)), ...bearerTiers]
}

function normalServer({ issuer, client, clientId, scope, resources }: OtherServer): OtherServer {
  return { issuer, client, clientId, scope: [...new Set(scope)], resources: [...new Set(resources)] }
}

function asData({ lifetimeMinutes, networks, hours, otherServers, ...others }: TokenSettings): JsonObject {
  return {
    ...others,
    otherServers: otherServers.map((server) => ({ ...server })),
    networks: Object.fromEntries(entriesOf(networks)),
    hours: Object.fromEntries(entriesOf(hours).map(([tier, windows]) => [tier, windowData(windows)])),
    lifetimeMinutes: Object.fromEntries(entriesOf(lifetimeMinutes)),
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
