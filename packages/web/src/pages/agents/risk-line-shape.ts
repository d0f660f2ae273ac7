/** How large a line is drawn, in pixels. */
export const LINE = { width: 48, height: 16 } as const

const DAYS_MS = 60 * 86_400_000
const TOP_SCORE = 100

/** Draws how a score went in the last sixty days: level until it changed, and as it stands at the end. */
export function riskLinePath(
  points: readonly { readonly at: string; readonly score: number }[],
  now: number,
): string {
  const x = (at: string): number =>
    tenths(Math.min(1, Math.max(0, 1 - (now - Date.parse(at)) / DAYS_MS)) * LINE.width)
  const y = (score: number): number => tenths(1 + (1 - score / TOP_SCORE) * (LINE.height - 2))
  const [first, ...later] = points
  if (!first) return ""
  const steps = later.map(({ at, score }) => `H${x(at)}V${y(score)}`).join("")
  return `M${x(first.at)},${y(first.score)}${steps}H${LINE.width}`
}

function tenths(length: number): number {
  return Math.round(length * 10) / 10
}
