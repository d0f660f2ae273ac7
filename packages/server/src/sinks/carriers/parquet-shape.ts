import { isJsonObject, type Json, type JsonObject } from "@tabard/core"
import { type PlainJson, withPlainNumber } from "./plain-number.ts"

/** What a column holds. Values of different kinds in one place are told as JSON. */
export type Shape =
  | { readonly kind: "text" | "whole" | "number" | "truth" | "json" }
  | { readonly kind: "list"; readonly of: Shape }
  | { readonly kind: "group"; readonly columns: readonly Column[] }

/** A column by its name. */
export type Column = readonly [string, Shape]

/** What is known of a place so far. It is changed as rows are looked at: there are many of them, and few places. */
interface Gathered {
  kind: Shape["kind"] | "nothing"
  of?: Gathered
  members?: Map<string, Gathered>
}

/** What OCSF leaves open is one column, so that files have the same columns whatever stands in it. */
const OPEN = new Set(["unmapped"])

/** Answers the columns that hold all of these rows, in the order of their names; none in which nothing ever stands. */
export function columnsOf(rows: readonly JsonObject[]): readonly Column[] {
  const all: Gathered = { kind: "nothing" }
  for (const row of rows) gather(all, row)
  const shape = shapeOf(all)
  return shape?.kind === "group" ? shape.columns : []
}

function gather(known: Gathered, value: Json | undefined): void {
  if (value === undefined || value === null || known.kind === "json") return
  const plain = withPlainNumber(value)
  known.kind = together(known.kind, kindOf(plain))
  if (known.kind === "list" && Array.isArray(plain)) gatherList(known, plain)
  else if (known.kind === "group" && isJsonObject(plain)) gatherGroup(known, plain)
}

function kindOf(value: PlainJson): Shape["kind"] {
  if (Array.isArray(value)) return "list"
  if (typeof value === "object") return "group"
  if (typeof value === "string") return "text"
  if (typeof value === "boolean") return "truth"
  return Number.isSafeInteger(value) ? "whole" : "number"
}

function together(one: Gathered["kind"], other: Shape["kind"]): Shape["kind"] {
  if (one === "nothing" || one === other) return other
  const areNumbers = [one, other].every((kind) => kind === "whole" || kind === "number")
  return areNumbers ? "number" : "json"
}

function gatherList(known: Gathered, values: readonly Json[]): void {
  known.of ??= { kind: "nothing" }
  for (const value of values) gather(known.of, value)
}

function gatherGroup(known: Gathered, value: JsonObject): void {
  known.members ??= new Map()
  for (const [name, member] of Object.entries(value)) {
    const place = known.members.get(name) ?? { kind: OPEN.has(name) ? "json" : "nothing" }
    known.members.set(name, place)
    gather(place, member)
  }
}

/** Parquet has no type for a place where nothing stands. */
function shapeOf({ kind, of, members }: Gathered): Shape | undefined {
  if (kind === "nothing") return undefined
  if (kind === "list") {
    const shape = of && shapeOf(of)
    return shape && { kind, of: shape }
  }
  if (kind !== "group") return { kind }
  const columns = [...(members ?? [])].flatMap(([name, place]): readonly Column[] => {
    const shape = shapeOf(place)
    return shape ? [[name, shape]] : []
  })
  return columns.length > 0 ? { kind, columns: columns.toSorted(byName) } : undefined
}

function byName([one]: Column, [other]: Column): number {
  return one < other ? -1 : 1
}
