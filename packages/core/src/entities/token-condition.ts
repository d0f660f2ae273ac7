import { isWithinHours, type TimeWindow } from "./time-window.ts"

/** From where and when a token counts: what is empty bounds nothing. */
export interface TokenCondition {
  /** Networks (CIDR): from any one of them. */
  readonly networks: readonly string[]
  /** Hours: within any one of them. */
  readonly hours: readonly TimeWindow[]
}

/** From anywhere, at any time. */
export const UNBOUND: TokenCondition = { networks: [], hours: [] }

/** Answers these conditions without those that bound nothing, each once. */
export function distinctConditions(conditions: readonly TokenCondition[]): readonly TokenCondition[] {
  const known = new Map(conditions.filter(bounds).map((one) => [JSON.stringify(one), one]))
  return [...known.values()]
}

/** Answers whether each of these conditions has its hours now. */
export function areHoursOf(conditions: readonly TokenCondition[], now: Date): boolean {
  return conditions.every(({ hours }) => hours.length === 0 || isWithinHours(hours, now))
}

function bounds({ networks, hours }: TokenCondition): boolean {
  return networks.length > 0 || hours.length > 0
}
