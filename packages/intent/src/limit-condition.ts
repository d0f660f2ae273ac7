import { Problem } from "@tabard/core"
import { argumentShapes, decimalText, type PinnedTool, quote, readPath, type Shape } from "@tabard/policy"
import type { ArgumentLimit } from "./manifest.ts"

/** A limit as Cedar judges it, and as people read it. */
export interface Condition {
  readonly cedar: string
  readonly words: string
}

/** Writes a limit on one argument, or refuses in words: a limit that cannot be judged would be a limit in name only. */
export function limitCondition(tool: PinnedTool, argument: string, limit: ArgumentLimit): Condition {
  const shape = shapeOfArgument(tool, argument)
  if ("under" in limit && typeof limit.under === "string")
    return underCondition(tool, { argument, shape, folder: limit.under })
  if ("atMost" in limit && limit.atLeast === undefined)
    return atMostCondition(tool, { argument, shape, bound: limit.atMost })
  if (!("oneOf" in limit)) throw unjudgeable(tool, argument, "be held to a limit of this kind yet")
  if (shape.kind !== "string") throw unjudgeable(tool, argument, "be held to a list of texts")
  const choices = limit.oneOf.map(quote).join(", ")
  return condition(
    argument,
    (value) => `[${choices}].contains(${value})`,
    `with ${argument} one of ${limit.oneOf.join(", ")}`,
  )
}

/** Answers the tool's arguments that are paths: what a folder must hold. */
export function pathArguments(tool: PinnedTool): string[] {
  return Object.entries(tool.roles).flatMap(([argument, roles]) => (roles.includes("path") ? [argument] : []))
}

function shapeOfArgument(tool: PinnedTool, argument: string): Shape {
  const shapes = argumentShapes(tool)
  if ("unjudgeable" in shapes)
    throw new Problem("manifest_invalid", `${tool.name} cannot be judged: ${shapes.unjudgeable}`)
  const shape = shapes.get(argument)?.shape
  if (!shape) {
    const names = [...shapes.keys()].join(", ") || "none"
    throw new Problem("manifest_invalid", `${tool.name} takes no argument ${argument}; it takes ${names}`)
  }
  return shape.kind === "each" ? shape.item : shape
}

function underCondition(
  tool: PinnedTool,
  { argument, shape, folder }: { argument: string; shape: Shape; folder: string },
): Condition {
  if (shape.kind !== "path")
    throw unjudgeable(tool, argument, "be held to a folder: it is not registered as a path")
  const read = readPath(folder)
  if ("refused" in read) throw new Problem("manifest_invalid", `${folder} is no folder: ${read.refused}`)
  return condition(argument, (value) => `${value}.under.contains(${quote(read.path)})`, `under ${read.path}`)
}

function atMostCondition(
  tool: PinnedTool,
  { argument, shape, bound }: { argument: string; shape: Shape; bound: string },
): Condition {
  const decimal = decimalText(bound)
  if (shape.kind !== "number") throw unjudgeable(tool, argument, "be held to an amount: it is not a number")
  if (decimal === undefined)
    throw new Problem("manifest_invalid", `${bound} is no amount of at most four decimal places`)
  return condition(
    argument,
    (value) => `${value} has dec && ${value}.dec.lessThanOrEqual(decimal(${quote(decimal)}))`,
    `with ${argument} at most ${bound}`,
  )
}

/** An argument that is left out is not within a limit: the server's own default would apply, and nobody has seen it. */
function condition(argument: string, judge: (value: string) => string, words: string): Condition {
  const name = quote(argument)
  return { cedar: `context.input has ${name} && ${judge(`context.input[${name}]`)}`, words }
}

function unjudgeable(tool: PinnedTool, argument: string, what: string): Problem {
  return new Problem("manifest_invalid", `the argument ${argument} of ${tool.name} cannot ${what}`)
}
