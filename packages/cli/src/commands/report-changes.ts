import { visibleText } from "@tabard/core"
import { type ScanReport, type SeenFinding } from "@tabard/scan"

/** Answers, a line each, what a scan saw that the one before did not, and what it no longer saw. */
export function reportChanges(before: ScanReport | undefined, now: ScanReport): string {
  const at = now.finishedAt
  if (!before) return line(at, "=", summary(now))
  const was = thingsOf(before)
  const is = thingsOf(now)
  const lines = [
    ...[...is].filter(([key]) => !was.has(key)).map(([, words]) => line(at, "+", words)),
    ...[...is].flatMap(([key, words]) => changed(was.get(key), words).map((text) => line(at, "~", text))),
    ...[...was].filter(([key]) => !is.has(key)).map(([, words]) => line(at, "-", words)),
  ]
  return lines.join("")
}

function summary({ agents, mcpServers, credentials, findings, unreadable }: ScanReport): string {
  const counts = [
    `${agents.length} agents`,
    `${mcpServers.length} MCP servers`,
    `${credentials.length} credentials`,
    `${findings.length} findings`,
    `${unreadable.length} places not read`,
  ]
  return `${counts.join(", ")}; from here on what changes`
}

/** Everything that a report tells, in words, by what makes it the same thing in the next one. */
function thingsOf(report: ScanReport): ReadonlyMap<string, string> {
  return new Map([
    ...report.agents.map(
      ({ key, name, client, autonomy, locations }) =>
        [
          `agent ${key}`,
          `agent ${name ?? client ?? "unnamed"}, ${autonomy.level}, ${placeOf(locations)}`,
        ] as const,
    ),
    ...report.mcpServers.map(
      ({ key, name, command, url, args, locations }) =>
        [
          `server ${key}`,
          `MCP server ${name}: ${url ?? [command, ...args].join(" ")}, ${placeOf(locations)}`,
        ] as const,
    ),
    ...report.credentials.map(
      ({ key, kind, storedAs, locations }) =>
        [`credential ${key}`, `credential ${kind}, ${storedAs}, ${placeOf(locations)}`] as const,
    ),
    ...report.findings.map((finding) => [findingKey(finding), findingWords(finding)] as const),
    ...report.unreadable.map(
      ({ path, reason }) => [`unread ${path}`, `not read: ${path} (${reason})`] as const,
    ),
  ])
}

function changed(before: string | undefined, now: string): readonly string[] {
  return before === undefined || before === now ? [] : [`${now} (was: ${before})`]
}

function findingKey({ rule, subject, evidence }: SeenFinding): string {
  return `finding ${rule} ${subject} ${evidence[0]?.path ?? ""}`
}

function findingWords({ severity, message }: SeenFinding): string {
  return `${severity}: ${message}`
}

function placeOf([first]: readonly { readonly path: string }[]): string {
  return first?.path ?? "no place"
}

function line(at: string, mark: string, words: string): string {
  return `${at} ${mark} ${visibleText(words)}\n`
}
