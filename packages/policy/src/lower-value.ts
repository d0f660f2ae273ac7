import { canonicalText, isJsonObject, isLosslessNumber, type Json, type JsonObject } from "@tabard/core"
import { ArgumentRefused } from "./argument-refused.ts"
import { CedarRecord, CedarSet, type CedarValue } from "./cedar/values.ts"
import type { AskedFact } from "./facts/asked-facts.ts"
import type { ForbiddenReads } from "./forbidden-reads.ts"
import { isWhole, lowerNumber } from "./number.ts"
import { isUnder, readPath } from "./path.ts"
import type { Members, Shape } from "./shape.ts"

/** The longest text that is judged. */
const MAX_TEXT = 1_048_576

/** What is known about a call beside its arguments. */
export interface ArgumentFacts {
  /** The folders that policies of this slice ask about. */
  readonly roots: readonly string[]
  /** What they forbid by: a call that leaves it open is refused. */
  readonly forbids?: ForbiddenReads
  /** What policies of this slice ask about texts; undefined where none looks at facts. */
  readonly asked?: readonly AskedFact[] | undefined
  /** Where a door resolved links: the path on disk, by the path as it was given. Both must lie in a folder. */
  readonly realPaths?: Readonly<Record<string, string>>
}

/** A value as policies see it. Throws ArgumentRefused where it is not of its shape; `at` names it in the words. */
export function lowerValue(shape: Shape, value: Json, facts: ArgumentFacts, at: string): CedarValue {
  switch (shape.kind) {
    case "string":
      return lowerString(shape, value, at)
    case "boolean":
      return lowerBoolean(value, at)
    case "number":
      return lowerNumeric(shape, value, at)
    case "path":
      return lowerPath(value, facts, at)
    case "text":
    case "unseen":
      return bounded(canonicalText(value), at)
    case "set":
    case "each":
      return new CedarSet(lowerList(shape.item, value, facts, at))
    case "record":
      return lowerRecord(shape.members, value, facts, at)
  }
}

/** Pairs each given member with its shape; one that the reviewed schema does not name is refused, and so is a missing one. */
export function checkMembers(members: Members, value: JsonObject, at: string): [string, Shape, Json][] {
  const missing = [...members].find(([name, { required }]) => required && memberOf(value, name) === undefined)
  if (missing) throw new ArgumentRefused(`the argument ${at}${missing[0]} is missing`)
  return Object.entries(value).flatMap(([name, item]): [string, Shape, Json][] => {
    if (item === undefined) return []
    const member = members.get(name)
    if (!member) {
      const shown = `${at}${name}`.slice(0, 100)
      throw new ArgumentRefused(`the argument ${shown} is not in the reviewed schema: leave it out`)
    }
    return [[name, member.shape, item]]
  })
}

function memberOf(value: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined
}

function lowerString({ oneOf }: Shape & { kind: "string" }, value: Json, at: string): string {
  if (typeof value !== "string") throw new ArgumentRefused(`the argument ${at} must be a string`)
  if (oneOf && !oneOf.includes(value)) {
    throw new ArgumentRefused(`the argument ${at} must be one of ${oneOf.slice(0, 20).join(", ")}`)
  }
  return bounded(value, at)
}

function lowerBoolean(value: Json, at: string): boolean {
  if (typeof value !== "boolean") throw new ArgumentRefused(`the argument ${at} must be true or false`)
  return value
}

function lowerRecord(members: Members, value: Json, facts: ArgumentFacts, at: string): CedarValue {
  if (!isJsonObject(value)) throw new ArgumentRefused(`the argument ${at} must be an object`)
  const lowered = checkMembers(members, value, `${at}.`).map(([name, shape, item]): [string, CedarValue] => [
    name,
    lowerValue(shape, item, facts, `${at}.${name}`),
  ])
  return CedarRecord.of(lowered)
}

function lowerNumeric({ whole }: Shape & { kind: "number" }, value: Json, at: string): CedarValue {
  const text = isLosslessNumber(value) ? value.value : typeof value === "number" ? String(value) : undefined
  const number = text === undefined ? undefined : lowerNumber(text)
  if (text === undefined || !number) throw new ArgumentRefused(`the argument ${at} must be a number`)
  if (whole && !isWhole(text)) throw new ArgumentRefused(`the argument ${at} must be a whole number`)
  return number
}

function lowerPath(value: Json, { roots, forbids, realPaths }: ArgumentFacts, at: string): CedarValue {
  if (typeof value !== "string") throw new ArgumentRefused(`the argument ${at} must be a path`)
  const given = readPath(bounded(value, at))
  if ("refused" in given)
    throw new ArgumentRefused(`the argument ${at} is no path to judge: ${given.refused}`)
  const places = [given.path]
  if (realPaths && Object.hasOwn(realPaths, value)) places.push(realPath(realPaths[value] ?? "", at))
  // A link into such a folder, or out of it: it is in the folder by one of its places alone.
  const crossed = forbids?.folders.find((root) => crosses(places, root))
  if (crossed !== undefined)
    throw new ArgumentRefused(
      `the argument ${at} leads across ${crossed} by a link, and policies forbid by that folder: name it by where it leads`,
    )
  const under = roots.filter((root) => places.every((place) => isUnder(place, root)))
  return CedarRecord.of([
    ["text", given.path],
    ["under", new CedarSet(under)],
  ])
}

function crosses(places: readonly string[], root: string): boolean {
  return places.some((place) => isUnder(place, root)) && !places.every((place) => isUnder(place, root))
}

function realPath(text: string, at: string): string {
  const real = readPath(text)
  if ("refused" in real)
    throw new ArgumentRefused(`the argument ${at} leads to a place that cannot be judged`)
  return real.path
}

/** A list as the values that it has. Throws ArgumentRefused. */
export function lowerList(item: Shape, value: Json, facts: ArgumentFacts, at: string): CedarValue[] {
  if (!Array.isArray(value)) throw new ArgumentRefused(`the argument ${at} must be a list`)
  const items: readonly Json[] = value
  return items.map((each) => lowerValue(item, each, facts, at))
}

function bounded(text: string, at: string): string {
  if (text.length > MAX_TEXT)
    throw new ArgumentRefused(`the argument ${at} is longer than ${MAX_TEXT} characters`)
  // What has no UTF-8 would reach Cedar as another text than it reaches the tool.
  if (!text.isWellFormed()) throw new ArgumentRefused(`the argument ${at} is not well-formed Unicode`)
  return text
}
