import type { ScanReport } from "../report.ts"
import { findingPlaces } from "./finding-place.ts"

/** The findings of an earlier report, by rule, subject and place, and how many there were of each. */
export type Baseline = ReadonlyMap<string, number>

/** A text that is no report of ours; the message says what would be. */
export class MalformedBaseline extends Error {
  override readonly name = "MalformedBaseline"
}

/** Answers the baseline in the text of an earlier report. Throws a MalformedBaseline where it is none. */
export function parseBaseline(text: string): Baseline {
  const report = parsedReport(text)
  return count(findingPlaces(report))
}

/**
 * Answers the report with only those findings that the baseline does not have. The inventory stays whole.
 *
 * Where a place holds more of a kind than it did, all of them are kept: only their bytes would tell the old from the new.
 */
export function onlyNew(report: ScanReport, baseline: Baseline): ScanReport {
  const places = findingPlaces(report)
  const now = count(places)
  const isNew = (place: string): boolean => (now.get(place) ?? 0) > (baseline.get(place) ?? 0)
  const findings = report.findings.filter((_, at) => places[at]?.some(isNew))
  return { ...report, findings }
}

function count(places: readonly (readonly string[])[]): Baseline {
  const counts = new Map<string, number>()
  for (const place of places.flat()) counts.set(place, (counts.get(place) ?? 0) + 1)
  return counts
}

function parsedReport(text: string): ScanReport {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new MalformedBaseline("it is no JSON")
  }
  if (!isReport(value)) throw new MalformedBaseline("it is no report of tabard.scan/1")
  return value
}

/** Only what a comparison looks at is looked at. */
function isReport(value: unknown): value is ScanReport {
  return (
    isObject(value) &&
    value["schema"] === "tabard.scan/1" &&
    isListOf(value["roots"], (root) => typeof root === "string") &&
    ["agents", "mcpServers", "credentials"].every((name) => isListOf(value[name], isKeyed)) &&
    isListOf(value["findings"], isFinding)
  )
}

function isFinding(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value["rule"] === "string" &&
    typeof value["subject"] === "string" &&
    isListOf(value["evidence"], (place) => isObject(place) && typeof place["path"] === "string")
  )
}

function isKeyed(value: unknown): boolean {
  return isObject(value) && typeof value["key"] === "string"
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null
}
