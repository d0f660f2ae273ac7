import { innerValues, type Value } from "../syntax/value.ts"
import { variableOf } from "./environment.ts"
import type { SourceModule } from "./source-module.ts"

const MOST_STEPS = 12
const JOINS = new Set([
  "os.path.join",
  "path.join",
  "path.resolve",
  "join",
  "Paths.get",
  "Path.Combine",
  "Path.of",
])
const WRAPPERS = new Set([
  "str",
  "String",
  "Path",
  "URL",
  "Uri",
  "URI",
  "URI.create",
  "SecretStr",
  "Secret",
  "AnyUrl",
  "dedent",
  "textwrap.dedent",
  "shutil.which",
])
/** The program that runs the file. */
const RUNNERS: ReadonlyMap<string, string> = new Map([
  ["sys.executable", "python"],
  ["process.execPath", "node"],
])
const STRIPS = new Set([
  "strip",
  "trim",
  "as_posix",
  "toString",
  "ToString",
  "resolve",
  "expanduser",
  "lower",
])

/** Answers what a name was given, as long as that is said in this file; anything else is answered as it is. */
export function resolved(value: Value, module: SourceModule, steps: number = MOST_STEPS): Value {
  if (value.kind !== "name" || steps === 0) return value
  const given = module.given(value.path, value.at)
  return given === undefined ? value : resolved(given, module, steps - 1)
}

/**
 * Answers what a value says as text. What is read from a variable of the environment is told as `<env NAME>`, what is
 * not said in this file as `<name>`.
 */
export function sayText(value: Value, module: SourceModule, steps: number = MOST_STEPS): string | undefined {
  if (steps === 0) return undefined
  const variable = variableOf(value, (name) => resolved(name, module))
  if (variable) return sayVariable(variable.name, variable.fallback, module, steps)
  return SAY[value.kind](value, module, steps - 1)
}

type Say = (value: Value, module: SourceModule, steps: number) => string | undefined

const unsaid: Say = () => undefined

/** How each kind of value is said; each is asked for its own kind only. */
const SAY: Readonly<Record<Value["kind"], Say>> = {
  text: (value) => (value.kind === "text" ? value.text : undefined),
  joined: (value, module, steps) =>
    innerValues(value)
      .map((part) => sayText(part, module, steps) ?? "<value>")
      .join(""),
  constant: (value) => (value.kind === "constant" && value.value !== null ? String(value.value) : undefined),
  name: (value, module, steps) => (value.kind === "name" ? sayName(value, module, steps) : undefined),
  call: (value, module, steps) => (value.kind === "call" ? sayCall(value, module, steps) : undefined),
  other: (value, module, steps) => sayAlternative(innerValues(value), module, steps),
  list: unsaid,
  map: unsaid,
}

function sayVariable(name: string, fallback: Value | undefined, module: SourceModule, steps: number): string {
  const text = fallback && sayText(fallback, module, steps - 1)
  return text ? text : `<env ${name}>`
}

/** A name that stands for text is that text; one that stands for what is made elsewhere keeps its name. */
function sayName(value: Value & { readonly kind: "name" }, module: SourceModule, steps: number): string {
  const runner = RUNNERS.get(value.path.join("."))
  if (runner) return runner
  const given = module.given(value.path, value.at)
  const isSaid =
    given &&
    (given.kind !== "call" || variableOf(given, (name) => resolved(name, module)) || isWrapper(given))
  return (isSaid && sayText(given, module, steps)) || `<${value.path.at(-1) ?? "value"}>`
}

function isWrapper(value: Value): boolean {
  return (
    value.kind === "call" && (WRAPPERS.has(value.callee.join(".")) || STRIPS.has(value.callee.at(-1) ?? ""))
  )
}

function sayCall(
  value: Value & { readonly kind: "call" },
  module: SourceModule,
  steps: number,
): string | undefined {
  const say = (part: Value | undefined): string | undefined => part && sayText(part, module, steps)
  if (JOINS.has(value.callee.join("."))) return value.args.map((part) => say(part) ?? "<value>").join("/")
  if (WRAPPERS.has(value.callee.join("."))) return say(value.args[0])
  if (STRIPS.has(value.callee.at(-1) ?? "")) return say(value.on ?? ownerOf(value))
  return `<${value.callee.filter((name) => /^\w+$/.test(name)).at(-1) ?? "value"}>`
}

function ownerOf({ callee, at, line }: Value & { readonly kind: "call" }): Value {
  return { kind: "name", path: callee.slice(0, -1), at, line }
}

/** `given || "default"`: what is said stands before what is not. */
function sayAlternative(inner: readonly Value[], module: SourceModule, steps: number): string | undefined {
  if (inner.length !== 2) return undefined
  const said = inner.map((part) => sayText(part, module, steps)).filter((text) => text !== undefined)
  return said.find((text) => text !== "" && !text.startsWith("<")) ?? said.find((text) => text !== "")
}
