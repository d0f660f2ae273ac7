import { EvaluationError, wrongType } from "../evaluation-error.ts"
import { add, type Long, quotient, remainder, subtract } from "../long.ts"
import { asString, type CedarValue, typeName } from "../values.ts"
import { Datetime, parseDatetime } from "./datetime.ts"
import { CedarDecimal, parseDecimal } from "./decimal.ts"
import { Duration, parseDuration } from "./duration.ts"
import { IpAddress, parseIp } from "./ip-address.ts"

/** One function or method of an extension type. */
export type ExtensionCall =
  | { readonly takes: 1; readonly call: (of: CedarValue) => CedarValue }
  | { readonly takes: 2; readonly call: (of: CedarValue, by: CedarValue) => CedarValue }

const DAY = 86_400_000

/** Every function and method of Cedar's extension types, by name; a method's first argument is what it is called on. */
export const EXTENSION_CALLS: ReadonlyMap<string, ExtensionCall> = new Map<string, ExtensionCall>([
  ["decimal", unary((text) => parseDecimal(asString(text)))],
  ["lessThan", decimals((a, b) => a < b)],
  ["lessThanOrEqual", decimals((a, b) => a <= b)],
  ["greaterThan", decimals((a, b) => a > b)],
  ["greaterThanOrEqual", decimals((a, b) => a >= b)],

  ["ip", unary((text) => parseIp(asString(text)))],
  ["isIpv4", unary((ip) => asIp(ip).family === 4)],
  ["isIpv6", unary((ip) => asIp(ip).family === 6)],
  ["isLoopback", unary((ip) => asIp(ip).isLoopback())],
  ["isMulticast", unary((ip) => asIp(ip).isMulticast())],
  ["isInRange", binary((ip, range) => asIp(ip).isInRange(asIp(range)))],

  ["datetime", unary((text) => parseDatetime(asString(text)))],
  ["offset", binary((start, by) => new Datetime(add(asDatetime(start).ms, asDuration(by).ms)))],
  ["durationSince", binary((end, start) => new Duration(subtract(asDatetime(end).ms, asDatetime(start).ms)))],
  ["toDate", unary((time) => toDate(asDatetime(time).ms))],
  ["toTime", unary((time) => new Duration(remainder(asDatetime(time).ms, DAY)))],

  ["duration", unary((text) => parseDuration(asString(text)))],
  ["toMilliseconds", unary((length) => asDuration(length).ms)],
  ["toSeconds", unary((length) => quotient(asDuration(length).ms, 1000))],
  ["toMinutes", unary((length) => quotient(asDuration(length).ms, 60_000))],
  ["toHours", unary((length) => quotient(asDuration(length).ms, 3_600_000))],
  ["toDays", unary((length) => quotient(asDuration(length).ms, DAY))],
])

/** Calls one of them as a value's JSON does, with the arguments it was given. */
export function callExtension(name: string, args: readonly CedarValue[]): CedarValue {
  const known = EXTENSION_CALLS.get(name)
  if (!known) throw new EvaluationError(`Cedar has no function ${JSON.stringify(name)}`)
  const [of, by] = args
  if (known.takes === 1 && of !== undefined && args.length === 1) return known.call(of)
  if (known.takes === 2 && of !== undefined && by !== undefined && args.length === 2)
    return known.call(of, by)
  return wrongArity(name, known)
}

/** Says how many arguments a call takes that was given too few or too many. */
export function wrongArity(name: string, { takes }: ExtensionCall): never {
  throw new EvaluationError(`${name} takes ${takes === 1 ? "one argument" : "two arguments"}`)
}

function unary(call: (of: CedarValue) => CedarValue): ExtensionCall {
  return { takes: 1, call }
}

function binary(call: (of: CedarValue, by: CedarValue) => CedarValue): ExtensionCall {
  return { takes: 2, call }
}

function decimals(compare: (a: Long, b: Long) => boolean): ExtensionCall {
  return binary((a, b) => compare(asDecimal(a).scaled, asDecimal(b).scaled))
}

function toDate(ms: Long): Datetime {
  return new Datetime(subtract(ms, remainder(ms, DAY)))
}

function asDecimal(value: CedarValue): CedarDecimal {
  return value instanceof CedarDecimal ? value : wrongType("a decimal", typeName(value))
}

function asIp(value: CedarValue): IpAddress {
  return value instanceof IpAddress ? value : wrongType("an ipaddr", typeName(value))
}

function asDatetime(value: CedarValue): Datetime {
  return value instanceof Datetime ? value : wrongType("a datetime", typeName(value))
}

function asDuration(value: CedarValue): Duration {
  return value instanceof Duration ? value : wrongType("a duration", typeName(value))
}
