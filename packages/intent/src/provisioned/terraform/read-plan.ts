// terraform show -json: https://developer.hashicorp.com/terraform/internals/json-format
import { isJsonObject, type Json, type JsonObject, MalformedJson, Problem, parseLossless } from "@tabard/core"
import { listOf, text } from "../fields.ts"

/** One resource that a plan makes or changes. */
export interface PlannedResource {
  readonly address: string
  readonly type: string
  /** What it will be, with `true` wherever that is only known after apply. */
  readonly values: JsonObject
  /** Where it stands in the plan. */
  readonly path: readonly (string | number)[]
}

const LARGEST = 64 * 1024 * 1024
const DEEPEST = 64

/**
 * Reads what a plan makes or changes from `terraform show -json`.
 *
 * @throws {Problem} body_invalid, for another format, a plan that failed, and what is no plan
 */
export function readPlan(plan: string): readonly PlannedResource[] {
  if (plan.length > LARGEST) throw refused(`it is longer than ${LARGEST} characters`)
  const value = parsed(plan)
  if (!isJsonObject(value)) throw refused("it is no object")
  const format = text(value["format_version"]) ?? "none"
  if (!/^1\.\d{1,4}$/.test(format))
    throw refused(`its format is ${format}, and 1.x is read: use terraform show -json`)
  if (value["errored"] === true) throw refused("planning failed, so it does not say all: plan again")
  if (!Array.isArray(value["resource_changes"]) && value["planned_values"] === undefined)
    throw refused("it says nothing of what is planned: a state or a configuration is no plan")
  return [...changesIn(value, "resource_changes"), ...deferredIn(value)]
}

function changesIn(plan: JsonObject, member: string): readonly PlannedResource[] {
  return listOf(plan[member]).flatMap((change, at) => planned(change, [member, at]))
}

/** What is put off until a later plan is made all the same. */
function deferredIn(plan: JsonObject): readonly PlannedResource[] {
  return listOf(plan["deferred_changes"]).flatMap(({ resource_change: change }, at) =>
    isJsonObject(change) ? planned(change, ["deferred_changes", at, "resource_change"]) : [],
  )
}

function planned(resource: JsonObject, path: readonly (string | number)[]): readonly PlannedResource[] {
  const change = isJsonObject(resource["change"]) ? resource["change"] : {}
  if (!isMade(change) || resource["mode"] === "data") return []
  const values = overlaid(change["after"] ?? null, change["after_unknown"] ?? false)
  const type = text(resource["type"]) ?? ""
  const address = text(resource["address"]) ?? `an unnamed ${type}`
  return [{ address, type, path, values: isJsonObject(values) ? values : {} }]
}

function isMade({ actions }: JsonObject): boolean {
  return Array.isArray(actions) && actions.some((action) => action === "create" || action === "update")
}

/** What is not known yet takes the place of whatever stands there: it could become anything. */
function overlaid(after: Json, unknown: Json, depth = 0): Json {
  if (unknown === true || depth > DEEPEST) return true
  if (Array.isArray(unknown)) {
    const items: readonly Json[] = Array.isArray(after) ? after : []
    return Array.from({ length: Math.max(items.length, unknown.length) }, (_, at) =>
      overlaid(items[at] ?? null, unknown[at] ?? false, depth + 1),
    )
  }
  if (!isJsonObject(unknown)) return after
  const own = isJsonObject(after) ? after : {}
  const names = new Set([...Object.keys(own), ...Object.keys(unknown)])
  return Object.fromEntries(
    [...names].map((name) => [name, overlaid(own[name] ?? null, unknown[name] ?? false, depth + 1)]),
  )
}

function parsed(plan: string): Json {
  try {
    return parseLossless(plan)
  } catch (error) {
    if (error instanceof MalformedJson) throw refused(error.message)
    throw error
  }
}

function refused(why: string): Problem {
  return new Problem("body_invalid", `the plan cannot be checked: ${why}`)
}
