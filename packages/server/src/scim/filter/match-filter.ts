import type { Json, JsonObject } from "@tabard/core"
import { ENTERPRISE_SCHEMA } from "../schemas.ts"
import type { AttributePath } from "./attribute-path.ts"
import type { Filter, Operator } from "./filter.ts"

type Compared = Extract<Filter, { kind: "compare" }>

/** What is compared letter by letter: ids are (RFC 7643 §3.1), what people are called is not. */
const EXACT = ["id", "externalid"]

/** What is compared as a time. */
const TIMES = ["created", "lastmodified"]

/** Answers whether a resource, or one value of an attribute of many, is what a filter looks for. */
export function matches(resource: JsonObject, filter: Filter): boolean {
  switch (filter.kind) {
    case "and":
      return matches(resource, filter.left) && matches(resource, filter.right)
    case "or":
      return matches(resource, filter.left) || matches(resource, filter.right)
    case "not":
      return !matches(resource, filter.of)
    case "present":
      return valuesAt(resource, filter.path).some((value) => value !== "")
    case "within":
      return elementsAt(resource, filter.path).some((element) => matches(element, filter.filter))
    case "compare":
      return compares(valuesAt(resource, filter.path), filter)
  }
}

function compares(values: readonly Json[], { path, operator, value }: Compared): boolean {
  if (value === null) return (values.length === 0) === (operator === "eq")
  if (operator === "ne") return !values.some((one) => isSo(one, "eq", { path, value }))
  return values.some((one) => isSo(one, operator, { path, value }))
}

function isSo(
  one: Json,
  operator: Exclude<Operator, "ne">,
  { path, value }: { path: AttributePath; value: string | number | boolean },
): boolean {
  const last = path.sub ?? path.name
  if (typeof one === "boolean") return operator === "eq" && String(one) === String(value).toLowerCase()
  if (typeof one !== "string") return false
  const spelt = (text: string): string => (EXACT.includes(last) ? text : text.normalize("NFC").toLowerCase())
  const [left, right] = [spelt(one), spelt(String(value))]
  if (TIMES.includes(last)) return COMPARES_TIMES[operator](Date.parse(left), Date.parse(right))
  return COMPARES[operator](left, right)
}

type Comparison<Value> = Readonly<Record<Exclude<Operator, "ne">, (left: Value, right: Value) => boolean>>

const COMPARES: Comparison<string> = {
  eq: (left, right) => left === right,
  co: (left, right) => left.includes(right),
  sw: (left, right) => left.startsWith(right),
  ew: (left, right) => left.endsWith(right),
  gt: (left, right) => left > right,
  ge: (left, right) => left >= right,
  lt: (left, right) => left < right,
  le: (left, right) => left <= right,
}

/** Of a time no part is looked for. */
const COMPARES_TIMES: Comparison<number> = {
  eq: (left, right) => left === right,
  co: () => false,
  sw: () => false,
  ew: () => false,
  gt: (left, right) => left > right,
  ge: (left, right) => left >= right,
  lt: (left, right) => left < right,
  le: (left, right) => left <= right,
}

/** Answers the values of an attribute, each by itself; of a complex one, its `value`. */
function valuesAt(resource: JsonObject, path: AttributePath): readonly Json[] {
  return elementsOf(memberAt(resource, path)).flatMap((element) => {
    const value = isObject(element) ? member(element, path.sub ?? "value") : path.sub ? undefined : element
    // Of an attribute that is complex and has no value of its own, it is only asked whether it is there.
    return value ?? (isObject(element) && path.sub === undefined ? [true] : [])
  })
}

function elementsAt(resource: JsonObject, path: AttributePath): readonly JsonObject[] {
  return elementsOf(memberAt(resource, path)).filter(isObject)
}

function memberAt(resource: JsonObject, { enterprise, name }: AttributePath): Json | undefined {
  if (!enterprise) return member(resource, name)
  const extension = resource[ENTERPRISE_SCHEMA]
  return isObject(extension) ? (name === "" ? extension : member(extension, name)) : undefined
}

function elementsOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return []
  return isList(value) ? value : [value]
}

function member(of: JsonObject, name: string): Json | undefined {
  return Object.entries(of).find(([key]) => key.toLowerCase() === name)?.[1] ?? undefined
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !isList(value)
}
