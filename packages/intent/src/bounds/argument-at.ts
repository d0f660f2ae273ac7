import { argumentShapes, type Members, type PinnedTool, quote, type Shape } from "@tabard/policy"
import { Unjudgeable } from "./refusal.ts"

/** One argument of a tool, or a member of one, as a limit names it. */
export interface ArgumentAt {
  readonly tool: PinnedTool
  /** As the manifest names it: `body.amount`. */
  readonly name: string
  readonly path: readonly string[]
  readonly shape: Shape
}

/**
 * Finds what a limit names. A name may hold dots itself, so where two things could be meant neither is.
 *
 * @throws {Unjudgeable} where the tool takes nothing of this name
 */
export function argumentAt(tool: PinnedTool, name: string): ArgumentAt {
  const shapes = shapesOf(tool)
  const [found, other] = waysTo(shapes, name)
  if (other)
    throw new Unjudgeable(
      `${name} can be two arguments of ${tool.name}: ${[found, other].map((way) => way?.path.map((step) => `"${step}"`).join(" in ")).join(", and ")}`,
      "have the tool's definition corrected",
    )
  if (found) return { tool, name, ...found }
  throw new Unjudgeable(`${tool.name} takes no argument ${name}`, `it takes ${offered(shapes)}`)
}

/** Answers how a tool's arguments reach policies. */
export function shapesOf(tool: PinnedTool): Members {
  const shapes = argumentShapes(tool)
  if (!("unjudgeable" in shapes)) return shapes
  throw new Unjudgeable(
    `${tool.name} cannot be judged: ${shapes.unjudgeable}`,
    "leave the tool out until its definition names its arguments plainly",
  )
}

/** Writes a condition on a value that is there: whatever leads to it is asked for first. */
export function onValue(path: readonly string[], judge: (value: string) => string): string {
  return [...givenSteps("context.input", path), judge(valueAt("context.input", path))].join(" && ")
}

/** Writes a condition on the facts about a value. */
export function onFacts(path: readonly string[], judge: (facts: string) => string): string {
  const root = "context.facts.input"
  return [...givenSteps(root, path), judge(valueAt(root, path))].join(" && ")
}

/** Writes whether a value is there. */
export function isGiven(path: readonly string[]): string {
  return givenSteps("context.input", path).join(" && ")
}

function givenSteps(root: string, path: readonly string[]): string[] {
  return path.map((step, at) => `${valueAt(root, path.slice(0, at))} has ${quote(step)}`)
}

function valueAt(root: string, path: readonly string[]): string {
  return path.reduce((value, step) => `${value}[${quote(step)}]`, root)
}

interface Way {
  readonly path: readonly string[]
  readonly shape: Shape
}

function waysTo(members: Members, name: string): Way[] {
  const whole = members.get(name)
  const direct = whole && whole.shape.kind !== "unseen" ? [{ path: [name], shape: whole.shape }] : []
  const within = [...members].flatMap(([step, { shape }]) =>
    shape.kind === "record" && name.startsWith(`${step}.`)
      ? waysTo(shape.members, name.slice(step.length + 1)).map((way) => ({
          ...way,
          path: [step, ...way.path],
        }))
      : [],
  )
  return [...direct, ...within]
}

/** More names than this are a definition to read, not an answer. */
const MOST_NAMES = 20

function offered(members: Members): string {
  const names = [...members].flatMap(([name, { shape }]) =>
    shape.kind === "record" ? [...shape.members.keys()].map((member) => `${name}.${member}`) : [name],
  )
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ""
  return names.length === 0 ? "none" : `${names.slice(0, MOST_NAMES).join(", ")}${more}`
}
