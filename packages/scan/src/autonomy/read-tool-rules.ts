import type { AutonomyLevel } from "@tabard/core"
import type { SettingSighting } from "../configurations/observation.ts"
import { asFields, asText, field } from "../documents/fields.ts"
import { freest } from "./autonomy-order.ts"

const RUNS_COMMANDS = new Set(["*", "Bash", "bash", "launch-process", "shell"])

/** Answers what a list of rules says, each with a tool and what becomes of it (Amp and Augment). */
export function readToolRules(setting: string): (value: unknown) => readonly SettingSighting[] {
  return (value) => {
    const list: unknown = field(asFields(value), setting)
    const rules = (Array.isArray(list) ? list : []).flatMap(readRule)
    if (rules.length === 0) return []
    const shown = rules.slice(0, 3).map(({ tool, action }) => `${tool}: ${action}`)
    return [{ setting, value: shown.join(", "), level: freest(rules.map(levelOf)) ?? null }]
  }
}

interface ToolRule {
  readonly tool: string
  readonly action: string
  /** Whether it holds for some uses of the tool only. */
  readonly isNarrow: boolean
}

function readRule(item: unknown): readonly ToolRule[] {
  const rule = asFields(item)
  const tool = asText(field(rule, "tool", "toolName"))
  const action = asText(field(rule, "action")) ?? asText(field(asFields(field(rule, "permission")), "type"))
  if (tool === undefined || action === undefined) return []
  const isNarrow = field(rule, "matches", "shellInputRegex") !== undefined
  return [{ tool, action, isNarrow }]
}

function levelOf({ tool, action, isNarrow }: ToolRule): AutonomyLevel {
  if (action !== "allow") return "restricted"
  if (tool === "*" && !isNarrow) return "unrestricted"
  return RUNS_COMMANDS.has(tool) && !isNarrow ? "broad" : "partial"
}
