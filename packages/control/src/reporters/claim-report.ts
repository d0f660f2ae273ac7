import { Problem, type Reporter } from "@tabard/core"
import { findingsOf, type ScanReport, withoutSecrets } from "@tabard/scan"

/** A report as it is believed, and in how many of its texts a secret stood. */
export interface ClaimedReport {
  readonly report: ScanReport
  readonly scrubbed: number
}

/**
 * Answers what is believed of a report that a reporter sent. Its keys become the reporter's own, so that it cannot speak of
 * what another saw; what it refers to must stand in it; findings are made anew by our rules from what it says it saw; its
 * times are not in the future; whatever looks like a secret is taken out before anything is kept. Pure.
 *
 * @throws {Problem} report_invalid, where it names one thing twice or refers to what it does not hold
 */
export function claimReport(sent: ScanReport, { id, name }: Reporter, now: Date): ClaimedReport {
  const counter = { scrubbed: 0 }
  const clean = mapTexts(sent, (text) => {
    const left = withoutSecrets(text)
    if (left !== text) counter.scrubbed++
    return left
  })
  const own = (key: string): string => `${id}/${key}`
  const servers = ownKeys("mcpServers", clean.mcpServers, own)
  const credentials = ownKeys("credentials", clean.credentials, own)
  const seen = {
    agents: ownKeys("agents", clean.agents, own).map((agent, at) => ({
      ...agent,
      mcpServers: references(`agents[${at}].mcpServers`, agent.mcpServers.map(own), servers),
      credentials: references(`agents[${at}].credentials`, agent.credentials.map(own), credentials),
    })),
    mcpServers: servers,
    credentials,
  }
  const finishedAt = noLaterThan(now, clean.finishedAt)
  const startedAt = noLaterThan(new Date(finishedAt), clean.startedAt)
  const report = { ...clean, ...seen, host: clean.host ?? name, startedAt, finishedAt }
  return { report: { ...report, findings: findingsOf(seen) }, scrubbed: counter.scrubbed }
}

function ownKeys<Item extends { readonly key: string }>(
  name: string,
  items: readonly Item[],
  own: (key: string) => string,
): readonly Item[] {
  const seen = new Set<string>()
  return items.map((item, at) => {
    if (seen.has(item.key)) throw invalid(`${name}[${at}].key`, "stands in the report twice")
    seen.add(item.key)
    return { ...item, key: own(item.key) }
  })
}

function references(
  place: string,
  keys: readonly string[],
  items: readonly { readonly key: string }[],
): readonly string[] {
  const known = knownKeys(items)
  if (keys.some((key) => !known.has(key))) throw invalid(place, "names what the report does not hold")
  return [...new Set(keys)]
}

const sets = new WeakMap<object, ReadonlySet<string>>()

/** Made once for each list: a report may have thousands of agents that refer to it. */
function knownKeys(items: readonly { readonly key: string }[]): ReadonlySet<string> {
  const known = sets.get(items) ?? new Set(items.map(({ key }) => key))
  sets.set(items, known)
  return known
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
