/** For how long something is counted before it begins anew; of a task, until that ends. */
export const LIMIT_PERIODS = ["minute", "hour", "day", "task"] as const

/** One such period. */
export type LimitPeriod = (typeof LIMIT_PERIODS)[number]

/** How often something may be called. */
export interface CallLimit {
  readonly atMost: number
  readonly per: LimitPeriod
}

/** How much may be spent, as exact text: what the arguments with the role `amount` say, in the unit that the tool takes. */
export interface SpendLimit {
  readonly atMost: string
  readonly per: LimitPeriod
  readonly currency: string
}

/** How much an agent may do in all, or with the tools of one entry of its manifest. */
export interface Limits {
  readonly calls?: readonly CallLimit[] | undefined
  readonly spend?: readonly SpendLimit[] | undefined
}

/** How much one run may do in all, as whoever opens it says. */
export interface TaskBudget {
  readonly calls?: number | undefined
  readonly spend?: { readonly atMost: string; readonly currency: string } | undefined
}

/** One limit in force: calls, or ten-thousandths of a currency, that are counted against each other. */
export interface Budget {
  /** Says what is counted, and is the same whatever the limit is raised or lowered to: what was used stays used. */
  readonly name: string
  readonly counts: "calls" | "spend"
  readonly atMost: number
  readonly per: LimitPeriod
  /** Of spend; null of calls. */
  readonly currency: string | null
  /** The tools that it counts, as actions name them; null counts every one. */
  readonly tools: readonly string[] | null
}

/** How many parts of a unit of money are told apart, as by the policies that speak of it. */
const PARTS = 10_000n

const AMOUNT = /^(0|[1-9]\d{0,11})(?:\.(\d{1,4}))?$/

/**
 * Answers an amount in ten-thousandths where its text is plain and exact. A sign, an exponent, a fifth decimal place, or
 * more than can be counted without loss is no amount.
 */
export function readAmount(text: string): number | undefined {
  const [, whole, fraction = ""] = AMOUNT.exec(text) ?? []
  if (whole === undefined) return undefined
  const parts = BigInt(whole) * PARTS + BigInt(fraction.padEnd(4, "0"))
  return parts <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(parts) : undefined
}

/** Writes ten-thousandths as an amount, with the two places that money has, or all four where they say something. */
export function writeAmount(parts: number): string {
  const digits = String(parts).padStart(5, "0")
  const point = digits.length - 4
  return `${digits.slice(0, point)}.${digits.slice(point).replace(/0{1,2}$/, "")}`
}
