import { isJsonObject, type Json, type JsonObject, MalformedJson } from "@tabard/core"
import { ArgumentRefused } from "./argument-refused.ts"
import { assertForms } from "./assert-forms.ts"
import { valueOf } from "./cedar/value-json.ts"
import { CedarRecord, type CedarValue } from "./cedar/values.ts"
import { below, hasTextFacts, textFacts } from "./facts/text-facts.ts"
import { type ArgumentFacts, checkMembers, lowerList, lowerValue } from "./lower-value.ts"
import { hasRole, type PinnedTool } from "./pinned-tool.ts"
import type { Action } from "./schema.ts"
import { isLowered, type Shape } from "./shape.ts"
import { valueJson } from "./value-json.ts"

/** The most questions that one call may become, so that a list of targets cannot hold the decision point up. */
const MAX_TARGETS = 100

/** One question's arguments: where the call names several targets, each is a question of its own. */
export interface LoweredInput {
  readonly input: CedarRecord
  /** What policies asked about the texts among them. */
  readonly facts: CedarRecord
  /** What the call acts on, where an argument says so. */
  readonly targets: readonly string[]
}

/** The arguments as policies see them, or in words why they are refused. */
export type Lowering =
  | { readonly kind: "lowered"; readonly whole: boolean; readonly inputs: readonly LoweredInput[] }
  | { readonly kind: "refused"; readonly words: string }

/**
 * Turns arguments into what policies can judge. What the reviewed schema does not name, or names with another type, is refused: an
 * argument that no policy has seen must not reach a tool.
 */
export function lowerInput(tool: NonNullable<Action["tool"]>, args: Json, facts: ArgumentFacts): Lowering {
  try {
    if (!isJsonObject(args)) throw new ArgumentRefused("the arguments must be an object")
    const rows = combinations(choicesOf(tool, args, facts))
    assertForms(tool.arguments, rows, facts.forbids?.forms ?? [])
    return {
      kind: "lowered",
      whole: [...tool.arguments.values()].every(({ shape }) => isLowered(shape)),
      inputs: rows.map((row) => inputOf(tool.pinned, row)),
    }
  } catch (error) {
    if (error instanceof ArgumentRefused) return { kind: "refused", words: error.message }
    if (error instanceof MalformedJson)
      return { kind: "refused", words: `the arguments are malformed: ${error.message}` }
    throw error
  }
}

/** One value of an argument, as policies see it, and what they asked about it. */
interface Choice {
  readonly value: CedarValue
  readonly facts: CedarValue | undefined
}

/** An argument and its values: one, or for a list of targets each of them. */
type Choices = readonly [name: string, values: readonly Choice[]]

function choicesOf(tool: NonNullable<Action["tool"]>, args: JsonObject, facts: ArgumentFacts): Choices[] {
  return checkMembers(tool.arguments, args, "")
    .filter(([, shape]) => shape.kind !== "unseen")
    .map(([name, shape, value]) => [name, valuesOf(shape, value, facts, name)])
}

function valuesOf(shape: Shape, value: Json, facts: ArgumentFacts, name: string): Choice[] {
  if (shape.kind !== "each")
    return [{ value: lowerValue(shape, value, facts, name), facts: factsOf(shape, value, facts, name) }]
  const items: readonly Json[] = Array.isArray(value) ? value : []
  return lowerList(shape.item, value, facts, name).map((item, at) => ({
    value: item,
    facts: factsOf(shape.item, items[at] ?? null, facts, name),
  }))
}

function factsOf(
  shape: Shape,
  value: Json,
  { asked, realPaths }: ArgumentFacts,
  name: string,
): CedarValue | undefined {
  if (!asked || !hasTextFacts(shape)) return undefined
  return valueOf(textFacts(shape, value, { asked: below(asked, name), realPaths }, name))
}

/** Every way to take one value of each argument; an empty list leaves its argument out, so no limit on it is met. */
function combinations(members: readonly Choices[]): [string, Choice][][] {
  const named = members.filter(([, values]) => values.length > 0)
  if (named.reduce((count, [, values]) => count * values.length, 1) > MAX_TARGETS) {
    throw new ArgumentRefused(`one call may name at most ${MAX_TARGETS} targets: ask in smaller calls`)
  }
  return named.reduce<[string, Choice][][]>(
    (rows, [name, values]) =>
      rows.flatMap((row) => values.map((value): [string, Choice][] => [...row, [name, value]])),
    [[]],
  )
}

function inputOf(tool: PinnedTool, row: readonly (readonly [string, Choice])[]): LoweredInput {
  const input = CedarRecord.of(row.map(([name, { value }]) => [name, value]))
  const known = row.flatMap(([name, { facts }]) => (facts === undefined ? [] : [[name, facts] as const]))
  return { input, facts: CedarRecord.of(known), targets: targetsOf(tool, input) }
}

function targetsOf(tool: PinnedTool, { members }: CedarRecord): string[] {
  return [...members].filter(([name]) => hasRole(tool, name, "target")).map(([, value]) => targetText(value))
}

function targetText(value: CedarValue): string {
  if (typeof value === "string") return value
  // A path or a number; whatever else names a target is named by its JSON.
  const named = value instanceof CedarRecord && value.members.get("text")
  return typeof named === "string" ? named : JSON.stringify(valueJson(value))
}
