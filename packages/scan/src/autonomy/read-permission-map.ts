import type { AutonomyLevel } from "@tabard/core"
import type { SettingSighting } from "../configurations/observation.ts"
import { asFields, asText, fieldAt } from "../documents/fields.ts"
import { freest } from "./autonomy-order.ts"

const RUNS_COMMANDS = new Set(["*", "bash"])
const EVERYTHING = new Set(["*", "**", "**/*"])

/** The agent that answers where none is chosen. */
const FIRST_AGENT = "build"

/**
 * Answers what a map of tools and permissions says (opencode and Kilo): allowed, asked or denied, or so by pattern. What
 * the agent that answers first says of itself goes before what is said of all.
 */
export function readPermissionMap(value: unknown): readonly SettingSighting[] {
  const first = asText(fieldAt(value, ["default_agent"])) ?? FIRST_AGENT
  const own = readPermissions(fieldAt(value, ["agent", first, "permission"]))
  const overruled = new Set(own.map(({ setting }) => setting))
  const ofAll = readPermissions(fieldAt(value, ["permission"]))
  return [...ofAll.filter(({ setting }) => !overruled.has(setting)), ...own]
}

function readPermissions(permission: unknown): readonly SettingSighting[] {
  const all = asText(permission)
  if (all !== undefined) return [{ setting: "permission", value: all, level: ofEverything(all) }]
  return Object.entries(asFields(permission) ?? {}).flatMap(([tool, says]) => readTool(tool, says))
}

function readTool(tool: string, says: unknown): readonly SettingSighting[] {
  const setting = `permission.${tool}`
  const word = asText(says)
  if (word !== undefined) return [{ setting, value: word, level: levelOf(tool, "*", word) }]
  const patterns = Object.entries(asFields(says) ?? {}).flatMap(([pattern, answer]) => {
    const text = asText(answer)
    return text === undefined ? [] : [{ pattern, text }]
  })
  const levels = patterns.map(({ pattern, text }) => levelOf(tool, pattern, text))
  const shown = patterns.slice(0, 3).map(({ pattern, text }) => `${pattern}: ${text}`)
  return patterns.length === 0
    ? []
    : [{ setting, value: shown.join(", "), level: freest(levels) ?? "restricted" }]
}

function levelOf(tool: string, pattern: string, answer: string): AutonomyLevel {
  if (answer !== "allow") return "restricted"
  if (tool === "*" && EVERYTHING.has(pattern)) return "unrestricted"
  return RUNS_COMMANDS.has(tool) && EVERYTHING.has(pattern) ? "broad" : "partial"
}

function ofEverything(answer: string): AutonomyLevel {
  return answer === "allow" ? "unrestricted" : "restricted"
}
