import type { AutonomyLevel } from "@tabard/core"
import { freest } from "../../autonomy/autonomy-order.ts"
import type { SettingSighting } from "../../configurations/observation.ts"
import type { KnownCodeSetting } from "../../knowledge/knowledge-pack.ts"
import type { Value } from "../syntax/value.ts"
import type { FoundAgent } from "./find-agents.ts"
import { resolved, sayText } from "./say-value.ts"
import type { SourceModule } from "./source-module.ts"

const LONGEST = 200

/** How freely an agent of source code acts, and what makes it so. */
export interface CodeAutonomy {
  readonly level: AutonomyLevel
  readonly settings: readonly SettingSighting[]
}

/** Answers how freely an agent acts: as the freest setting of its declaration says, else as its constructor does. */
export function autonomyInCode({ known, reach }: FoundAgent, module: SourceModule): CodeAutonomy {
  const autonomy = known.framework.autonomy ?? []
  const said = autonomy.flatMap((setting): readonly SettingSighting[] =>
    "uses" in setting ? usedSetting(setting, reach.names) : valueSettings(setting, reach.named, module),
  )
  const assigned = autonomy.flatMap((setting) => assignedSettings(setting, module))
  const settings = distinct([...said, ...assigned])
  const level = freest(settings.flatMap((setting) => setting.level ?? []))
  const byDefault = known.declaration.default
  if (level) return { level, settings }
  if (!byDefault) return { level: "not_stated", settings }
  const unsaid = { setting: "default of the framework", value: byDefault.says, level: byDefault.level }
  return { level: byDefault.level, settings: [...settings, unsaid] }
}

function usedSetting(
  { uses, level }: Extract<KnownCodeSetting, { uses: string }>,
  names: ReadonlySet<string>,
): readonly SettingSighting[] {
  const isUsed = [...names].some((name) => name === uses || name.endsWith(`.${uses}`))
  return isUsed ? [{ setting: uses, value: "used", level }] : []
}

type ValueSetting = Extract<KnownCodeSetting, { setting: string }>

function valueSettings(
  known: ValueSetting,
  named: readonly { readonly name: string; readonly value: Value }[],
  module: SourceModule,
): readonly SettingSighting[] {
  return named
    .filter(({ name }) => name === known.setting)
    .map(({ value }) => sighting(known, wordFor(resolved(value, module), module)))
}

/** `object.setting = value`, and a variable of the environment that the program sets for itself. */
function assignedSettings(known: KnownCodeSetting, module: SourceModule): readonly SettingSighting[] {
  if ("uses" in known) return []
  return module
    .assignmentsOf(known.setting)
    .map(({ value }) => sighting(known, wordFor(resolved(value, module), module)))
}

function sighting({ setting, levels, otherwise }: ValueSetting, value: string): SettingSighting {
  const level = Object.hasOwn(levels, value) ? levels[value] : otherwise
  return { setting, value, level: level ?? null }
}

/** A setting's value in one word: what it says, or what kind of thing it is. */
function wordFor(value: Value, module: SourceModule): string {
  if (value.kind === "list") return `[${listWord(value.items, module)}]`
  if (value.kind === "map") return value.entries.length > 0 ? "map" : "{}"
  if (value.kind === "name") return value.path.join(".")
  if (value.kind === "call") return value.callee.join(".")
  if (value.kind === "other") return "callback"
  return sayText(value, module)?.slice(0, LONGEST) ?? "null"
}

function listWord(items: readonly Value[], module: SourceModule): string {
  return items
    .map((item) => sayText(item, module) ?? "…")
    .join(", ")
    .slice(0, LONGEST)
}

function distinct(settings: readonly SettingSighting[]): readonly SettingSighting[] {
  return [...new Map(settings.map((setting) => [`${setting.setting}\n${setting.value}`, setting])).values()]
}
