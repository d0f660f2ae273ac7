import { Problem } from "@tabard/core"
import { findingsOf, type ScanReport, withoutSecrets } from "@tabard/scan"

/** A report as it is believed, and in how many of its texts a secret stood. */
export interface ClaimedReport {
  readonly report: ScanReport
  readonly scrubbed: number
}

/**
 * Answers what is believed of a report that a reporter of this name sent. What it refers to must stand in it; findings are
 * made anew by our rules from what it says it saw; its times are not in the future; whatever looks like a secret is taken
 * out before anything is kept. That it speaks for nobody else is recordScan's to keep. Pure.
 *
 * @throws {Problem} report_invalid, where it names one thing twice or refers to what it does not hold
 */
export function claimReport(sent: ScanReport, name: string, now: Date): ClaimedReport {
  const known = new Map<string, string>()
  let scrubbed = 0
  const clean = mapTexts(sent, (text) => {
    const left = known.get(text) ?? withoutSecrets(text)
    known.set(text, left)
    if (left !== text) scrubbed++
    return left
  })
  assertConsistent(clean)
  const finishedAt = noLaterThan(now, clean.finishedAt)
  const startedAt = noLaterThan(new Date(finishedAt), clean.startedAt)
  const report = { ...clean, host: clean.host ?? name, startedAt, finishedAt, findings: findingsOf(clean) }
  return { report, scrubbed }
}

function assertConsistent({ agents, mcpServers, credentials }: ScanReport): void {
  const servers = keysOf("mcpServers", mcpServers)
  const held = keysOf("credentials", credentials)
  keysOf("agents", agents)
  for (const [at, agent] of agents.entries()) {
    assertHeld(`agents[${at}].mcpServers`, agent.mcpServers, servers)
    assertHeld(`agents[${at}].credentials`, agent.credentials, held)
  }
}

function keysOf(name: string, items: readonly { readonly key: string }[]): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const [at, { key }] of items.entries()) {
    if (keys.has(key)) throw invalid(`${name}[${at}].key`, "stands in the report twice")
    keys.add(key)
  }
  return keys
}

function assertHeld(place: string, keys: readonly string[], held: ReadonlySet<string>): void {
  if (keys.some((key) => !held.has(key))) throw invalid(place, "names what the report does not hold")
}

function noLaterThan(limit: Date, text: string): string {
  const at = new Date(text)
  return (at > limit ? limit : at).toISOString()
}

function invalid(place: string, why: string): Problem {
  return new Problem("report_invalid", `${place} ${why}`)
}

/** Answers the same value with each text in it changed. The depth is the report's own, which was checked. */
function mapTexts<Value>(value: Value, change: (text: string) => string): Value {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- texts become texts, so the shape stays
  return mapAny(value, change) as Value
}

function mapAny(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value)
  if (Array.isArray(value)) return value.map((item) => mapAny(item, change))
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === "fingerprint" ? member : mapAny(member, change),
    ]),
  )
}
