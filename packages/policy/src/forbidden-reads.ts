import { isJsonObject, type Json } from "@tabard/core"
import type { ExactPolicyJson } from "./cedar/read-policy.ts"

/** The forms in which policies compare numbers. */
export const NUMBER_FORMS = ["long", "dec"] as const

/** A form of a number that a forbid compares. */
export interface ReadForm {
  /** The names that lead to the number below `context.input`. */
  readonly path: readonly string[]
  readonly form: (typeof NUMBER_FORMS)[number]
}

/** What a forbid builds on. Where the call leaves it open, the forbid's silence would let through. */
export interface ForbiddenReads {
  /** Folders that it keeps calls out of. */
  readonly folders: readonly string[]
  /** Forms of numbers without which it says nothing. */
  readonly forms: readonly ReadForm[]
}

/** What a permit finds left open denies by itself. */
export const NOTHING_READ: ForbiddenReads = { folders: [], forms: [] }

/** Answers what a policy forbids by; `foldersAsked` answers the folders that an expression asks about. */
export function forbiddenReads(
  { effect, conditions }: ExactPolicyJson,
  foldersAsked: (expression: Json) => readonly string[] | undefined,
): ForbiddenReads {
  if (effect !== "forbid") return NOTHING_READ
  const reads = conditions.flatMap(({ kind, body }) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Cedar's JSON form of a policy is JSON
    [...readsIn(body as Json, kind === "when", foldersAsked)],
  )
  const absent = new Set(reads.flatMap(({ form, builds }) => (form && !builds ? [keyOf(form)] : [])))
  return {
    folders: reads.flatMap(({ folders = [], builds }) => (builds ? folders : [])),
    // Who asks whether a form is absent has said what holds then.
    forms: reads.flatMap(({ form, builds }) => (form && builds && !absent.has(keyOf(form)) ? [form] : [])),
  }
}

/** Answers everything that some policies forbid by, each thing once. */
export function readTogether(each: readonly ForbiddenReads[]): ForbiddenReads {
  if (each.every(({ folders, forms }) => folders.length === 0 && forms.length === 0)) return NOTHING_READ
  const forms = new Map(each.flatMap((reads) => reads.forms).map((form) => [keyOf(form), form]))
  return { folders: [...new Set(each.flatMap(({ folders }) => folders))], forms: [...forms.values()] }
}

interface Read {
  readonly folders?: readonly string[]
  readonly form?: ReadForm
  /** Whether the policy matches where this holds, and not where it does not. */
  readonly builds: boolean
}

function* readsIn(
  expression: Json | undefined,
  builds: boolean,
  foldersAsked: (expression: Json) => readonly string[] | undefined,
): Generator<Read> {
  if (Array.isArray(expression)) {
    const items: readonly Json[] = expression
    for (const item of items) yield* readsIn(item, builds, foldersAsked)
  }
  if (!isJsonObject(expression)) return
  const folders = foldersAsked(expression)
  if (folders) yield { folders, builds }
  const form = formAsked(expression)
  if (form) yield { form, builds }
  for (const [operator, operands] of Object.entries(expression))
    yield* readsIn(operands, operator === "!" ? !builds : builds, foldersAsked)
}

/** `context.input.amount has dec`, which Cedar demands before it lets a policy look at `dec`. */
function formAsked(expression: Json): ReadForm | undefined {
  const has = memberOf(expression, "has")
  const left = contextPath(memberOf(has, "left"))
  const [first, ...path] = [...(left ?? []), ...names(memberOf(has, "attr"))]
  const form = NUMBER_FORMS.find((one) => one === path.at(-1))
  return left && first === "input" && form && path.length > 1 ? { path: path.slice(0, -1), form } : undefined
}

/** The names below `context`, or undefined where something else is read. */
function contextPath(expression: Json | undefined): readonly string[] | undefined {
  if (memberOf(expression, "Var") === "context") return []
  const access = memberOf(expression, ".")
  const left = access === undefined ? undefined : contextPath(memberOf(access, "left"))
  return left && [...left, ...names(memberOf(access, "attr"))]
}

function names(attr: Json | undefined): readonly string[] {
  const all: readonly (Json | undefined)[] = Array.isArray(attr) ? attr : [attr]
  return all.filter((one): one is string => typeof one === "string")
}

function keyOf({ path, form }: ReadForm): string {
  return JSON.stringify([path, form])
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}
