import type { KnownDeclaration } from "../../knowledge/knowledge-pack.ts"
import type { Call, Value } from "../syntax/value.ts"
import type { DeclaredPlace } from "./declared-place.ts"
import { partOf } from "./reach.ts"
import { sayText } from "./say-value.ts"
import type { SourceModule } from "./source-module.ts"

const USUAL = ["name", "Name", "id", "agent_name", "agentName", "role"]
const LONGEST = 120

/** Answers what an agent calls itself, else the variable, key or function that it is kept in, else null. */
export function agentName(
  call: Call,
  declaration: KnownDeclaration,
  place: DeclaredPlace,
  module: SourceModule,
): string | null {
  const rule = declaration.name ?? {}
  const called = call.callee.at(-1) ?? ""
  if (rule.from === "call") return called
  if (rule.from === "argument")
    return `${called}(${argumentName(call.args[0] ?? partOf(call, "state_schema", "stateSchema"))})`
  if (rule.from === "function" && place.kind === "answer") return place.function
  return saidName(call, rule, place, module)
}

function saidName(
  call: Call,
  { parameters = USUAL, at }: NonNullable<KnownDeclaration["name"]>,
  place: DeclaredPlace,
  module: SourceModule,
): string | null {
  const named = spoken(partOf(call, ...parameters), module)
  const positional = at === undefined ? undefined : spoken(call.args[at], module)
  return named ?? positional ?? placeName(place)
}

function spoken(value: Value | undefined, module: SourceModule): string | undefined {
  if (!value || value.kind === "constant") return undefined
  // A constant of another file is known by its name only; what a function is handed is no name.
  const text = sayText(value, module)
    ?.trim()
    .replace(/^<([A-Z][A-Z0-9_]+)>$/, "$1")
  if (text === undefined || /^<[^<>]*>$/.test(text)) return undefined
  return text !== "" && !text.includes("\n") ? text.slice(0, LONGEST) : undefined
}

function placeName(place: DeclaredPlace): string | null {
  switch (place.kind) {
    case "variable":
      return place.path.at(-1) ?? null
    case "key":
      return place.name
    case "answer":
      return place.function
    case "nowhere":
      return null
  }
}

function argumentName(argument: Value | undefined): string {
  return argument?.kind === "name"
    ? argument.path.join(".")
    : argument?.kind === "call"
      ? argument.callee.join(".")
      : ""
}
