import type { PinnedTool } from "@tabard/policy"
import type { ArgumentLimit } from "../manifest.ts"
import { type ArgumentAt, argumentAt, isGiven } from "./argument-at.ts"
import type { Condition } from "./condition.ts"
import { hostCondition, patternCondition, recipientCondition } from "./fact-limits.ts"
import { betweenCondition } from "./number-limits.ts"
import { underCondition } from "./path-limits.ts"
import { type NamedSets, textsOf } from "./texts-of.ts"
import { exactCondition, valuesCondition } from "./value-limits.ts"

const NO_SETS: NamedSets = new Map()

/**
 * Writes a limit on one argument. An argument that is left out is not within it: the server's own default would apply, and nobody has
 * seen that.
 *
 * @throws {Unjudgeable} in words: a limit that cannot be judged would be a limit in name only.
 */
export function limitCondition(
  tool: PinnedTool,
  name: string,
  limit: ArgumentLimit,
  sets: NamedSets = NO_SETS,
): Condition {
  return conditionFor(argumentAt(tool, name), limit, sets)
}

function conditionFor(argument: ArgumentAt, limit: ArgumentLimit, sets: NamedSets): Condition {
  if ("under" in limit) return underCondition(argument, textsOf(limit.under, sets))
  if ("atMost" in limit || "atLeast" in limit) return betweenCondition(argument, limit)
  if ("exactly" in limit) return exactCondition(argument, limit.exactly)
  if ("oneOf" in limit) return valuesCondition(argument, textsOf(limit.oneOf, sets))
  if ("inSet" in limit) return valuesCondition(argument, textsOf(limit, sets))
  if ("host" in limit) return hostCondition(argument, textsOf(limit.host, sets))
  if ("recipient" in limit) return recipientCondition(argument, textsOf(limit.recipient, sets))
  if ("matches" in limit) return patternCondition(argument, limit.matches)
  return givenCondition(argument, limit.given)
}

/** Answers the tool's arguments that are paths: what a folder must hold. */
export function pathArguments(tool: PinnedTool): string[] {
  return Object.entries(tool.roles).flatMap(([argument, roles]) => (roles.includes("path") ? [argument] : []))
}

function givenCondition({ name, path }: ArgumentAt, given: boolean): Condition {
  return given
    ? { cedar: isGiven(path), words: `with ${name} given` }
    : { cedar: `!(${isGiven(path)})`, words: `with ${name} left out` }
}
