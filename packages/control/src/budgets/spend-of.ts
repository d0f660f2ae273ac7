import {
  type ArgumentRole,
  isLosslessNumber,
  type Json,
  type JsonObject,
  readAmount,
  type ToolVersion,
} from "@tabard/core"

/** What of a tool says whether and how it spends. */
export type SpendingTool = Pick<ToolVersion, "name" | "effects" | "roles">

/** What a call spends in ten-thousandths, or in words why that is not known. */
export type Spend = { readonly amount: number } | { readonly unreadable: string }

/** Names that arguments have for a currency, without what stands between their words. */
const CURRENCY = /^currency(code)?$/

/** Answers whether calls of a tool may spend: it moves money, an argument says how much, or nobody has classed it. */
export function spends({ effects, roles }: SpendingTool): boolean {
  return effects.length === 0 || effects.includes("financial") || withRole(roles, "amount").length > 0
}

/**
 * Answers what a call spends of a currency: the sum of its arguments with the role `amount`, in exact decimals. A part that is
 * absent, signed, written with an exponent, or of another currency leaves all of it unknown.
 */
export function spendOf(tool: SpendingTool, args: JsonObject, currency: string): Spend {
  const names = withRole(tool.roles, "amount")
  if (names.length === 0) {
    return { unreadable: `no argument of ${tool.name} is registered as an amount; a person can correct that` }
  }
  const other = otherCurrency(args, currency)
  if (other !== undefined) return { unreadable: other }
  let sum = 0
  for (const name of names) {
    const amount = readAmount(textOf(args[name]) ?? "")
    if (amount === undefined) {
      return { unreadable: `${name} must be a plain amount of at most four decimal places, such as 12.50` }
    }
    sum += amount
  }
  return Number.isSafeInteger(sum) ? { amount: sum } : { unreadable: "its amounts are too large together" }
}

function withRole(roles: SpendingTool["roles"], role: ArgumentRole): string[] {
  return Object.keys(roles).filter((name) => roles[name]?.includes(role))
}

/** Only what the arguments hold themselves: a name of every object is no argument. */
function otherCurrency(args: JsonObject, currency: string): string | undefined {
  const named = Object.keys(args).filter((name) => CURRENCY.test(name.toLowerCase().replaceAll(/[_-]/g, "")))
  const other = named.find((name) => upper(args[name]) !== currency)
  return other === undefined ? undefined : `${other} must be ${currency}: what is spent is limited in that`
}

function upper(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value.toUpperCase() : undefined
}

function textOf(value: Json | undefined): string | undefined {
  if (isLosslessNumber(value)) return value.value
  if (typeof value === "number") return String(value)
  return typeof value === "string" ? value : undefined
}
