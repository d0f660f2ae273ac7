import type { AutonomyLevel } from "@tabard/core"
import type { SettingSighting } from "../configurations/observation.ts"
import { asTexts, fieldAt } from "../documents/fields.ts"

import { freest } from "./autonomy-order.ts"

/** A whole tool allowed, without a word about how it is used. */
const ANY_COMMAND = /^(?:\*|Bash|Bash\(\s*(?:\*|:\*)\s*\))$/
/** A program that starts whatever it is told, told to take anything: as good as any command. */
const ANY_PROGRAM =
  /^Bash\((?:sudo |command )?(?:[\w.~/-]*\/)?(?:ba|z|fi|da|k)?(?:sh|cmd|cmd\.exe|powershell(?:\.exe)?|pwsh|python[\d.]*|node|deno|bun|ruby|perl|php|eval|exec|sudo|env|xargs|npx|bunx|uvx|pnpx|wsl)(?: (?:-c|-e|-lc|\/c|-Command))?(?::| )\*\)$/
const READS_ONLY = /^(?:Read|Glob|Grep|LS|NotebookRead|WebSearch)(?:\(|$)/

/** Answers what the permission lists of Claude Code say: what is allowed unasked, and what is forbidden. */
export function readClaudeSettings(value: unknown): readonly SettingSighting[] {
  const allowed = asTexts(fieldAt(value, ["permissions", "allow"]))
  const denied = asTexts(fieldAt(value, ["permissions", "deny"]))
  const asked = asTexts(fieldAt(value, ["permissions", "ask"]))
  return [
    ...told("permissions.allow", allowed, levelOfRules(allowed)),
    ...told("permissions.ask", asked, "restricted"),
    ...told("permissions.deny", denied, "restricted"),
  ]
}

/** Answers the level that a list of allowed tools gives: that of its freest rule, or null where there is none. */
export function levelOfRules(rules: readonly string[]): AutonomyLevel | null {
  return freest(rules.map(levelOfRule)) ?? null
}

function levelOfRule(rule: string): AutonomyLevel {
  if (ANY_COMMAND.test(rule) || ANY_PROGRAM.test(rule)) return "broad"
  return READS_ONLY.test(rule) ? "restricted" : "partial"
}

function told(
  setting: string,
  rules: readonly string[],
  level: AutonomyLevel | null,
): readonly SettingSighting[] {
  if (rules.length === 0) return []
  const shown = rules.slice(0, 3).join(", ")
  return [{ setting, value: rules.length > 3 ? `${shown} and ${rules.length - 3} more` : shown, level }]
}
