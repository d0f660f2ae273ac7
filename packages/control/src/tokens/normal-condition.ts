import { isTimeZone, Problem, type TimeWindow, type TokenCondition, WEEKDAYS } from "@tabard/core"

/** Answers the one spelling of a condition: each network and window once and in order, days as they follow each other. */
export function normalCondition({ networks, hours }: TokenCondition): TokenCondition {
  const spelled = hours.map(({ days, from, to, zone }) => ({
    days: WEEKDAYS.filter((day) => days.includes(day)),
    from,
    to,
    zone,
  }))
  const known = new Map(spelled.map((window) => [JSON.stringify(window), window]))
  return {
    networks: [...new Set(networks)].toSorted(),
    hours: [...known.keys()].toSorted().flatMap((key) => known.get(key) ?? []),
  }
}

/**
 * Holds back windows of a time zone that there is not.
 *
 * @throws {Problem} body_invalid
 */
export function assertZones(hours: readonly TimeWindow[]): void {
  for (const { zone } of hours)
    if (!isTimeZone(zone))
      throw new Problem("body_invalid", `there is no time zone ${zone}: name one as Europe/Berlin, or UTC`)
}
