import { type Json, readAmount, writeAmount, writeLossless } from "@tabard/core"
import { hasRole, type PinnedTool } from "@tabard/policy"
import { argumentAt } from "../bounds/argument-at.ts"
import { limitCondition } from "../bounds/limit-condition.ts"
import { itemOf } from "../bounds/number-limits.ts"
import { Unjudgeable } from "../bounds/refusal.ts"
import type { ArgumentLimit } from "../manifest.ts"
import { commonFolder } from "./common-folder.ts"

/** More values than this are no choice of few: what comes tomorrow would be another one. */
const FEW = 10

/**
 * Answers the narrowest limit that holds for every value which was seen of an argument and is no guess: the folder of paths, the
 * largest amount, the hosts or the few names of what was acted on. Undefined where none is, or where a call left the argument out.
 */
export function inferLimit(
  tool: PinnedTool,
  name: string,
  given: readonly (Json | undefined)[],
): ArgumentLimit | undefined {
  if (given.length === 0 || given.includes(undefined)) return undefined
  const values = given.flatMap((value): readonly (Json | undefined)[] => (isList(value) ? value : [value]))
  try {
    const limit = limitFor(tool, name, values)
    if (limit) limitCondition(tool, name, limit)
    return limit
  } catch (error) {
    // What could not be judged is not suggested.
    if (error instanceof Unjudgeable) return undefined
    throw error
  }
}

function limitFor(
  tool: PinnedTool,
  name: string,
  values: readonly (Json | undefined)[],
): ArgumentLimit | undefined {
  const { kind } = itemOf(argumentAt(tool, name).shape)
  if (kind === "number") return hasRole(tool, name, "amount") ? atMost(values) : undefined
  const texts = values.filter((value) => typeof value === "string")
  if (texts.length === 0 || texts.length < values.length) return undefined
  if (kind === "path") {
    const folder = commonFolder(texts)
    return folder === undefined ? undefined : { under: folder }
  }
  return kind === "string" && hasRole(tool, name, "target") ? amongFew(texts) : undefined
}

function atMost(values: readonly (Json | undefined)[]): ArgumentLimit | undefined {
  const amounts = values.map((value) => (value === undefined ? undefined : readAmount(spelt(value))))
  const known = amounts.filter((amount) => amount !== undefined)
  if (known.length < values.length) return undefined
  return { atMost: writeAmount(Math.max(...known)).replace(/\.0+$/, "") }
}

function spelt(value: Json): string {
  return typeof value === "string" ? value : writeLossless(value)
}

function amongFew(texts: readonly string[]): ArgumentLimit | undefined {
  const hosts = distinct(texts.map((text) => hostOf(text) ?? ""))
  if (!hosts.includes("")) return hosts.length <= FEW ? { host: hosts } : undefined
  const names = distinct(texts)
  return names.length <= FEW ? { oneOf: names } : undefined
}

/** The host of a URL as a manifest names it; undefined of anything else. */
function hostOf(text: string): string | undefined {
  const url = text.startsWith("https://") && URL.canParse(text) ? new URL(text) : undefined
  return url && url.port === "" && url.username === "" ? url.hostname : undefined
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted()
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
