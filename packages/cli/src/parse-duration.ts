const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 }

/** Answers the milliseconds that a text such as `30m` or `6h` says; undefined where it says none. */
export function parseDuration(text: string): number | undefined {
  const [, number, unit] = /^(\d{1,6})([smh])$/.exec(text) ?? []
  return number && unit ? Number(number) * (UNITS[unit] ?? 0) : undefined
}
