/** How much a finding can matter, the worst first; this order is the only one there is. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const

/** How much one finding matters. */
export type Severity = (typeof SEVERITIES)[number]

/** Answers whether `severity` is as bad as `threshold`, or worse. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return bySeverity(severity, threshold) <= 0
}

/** Orders severities, the worst first. */
export function bySeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b)
}
