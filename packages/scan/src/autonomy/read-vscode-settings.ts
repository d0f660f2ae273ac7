import type { SettingSighting } from "../configurations/observation.ts"
import { asFields, field } from "../documents/fields.ts"

const ANY_COMMAND = new Set(["/.*/", "/.+/", "/^.*$/", "*"])
const ANY_FILE = new Set(["**", "**/*"])

/** What only speaks to the agent: where its rules, tools and plugins are, and whether it is on. */
const OF_THE_AGENT =
  /^(?:chat\.(?:agent|mcp|plugins?|subagents?|tools)\.|chat\.(?:agentFilesLocations|agentSkillsLocations|pluginLocations|useAgentsMdFile|useAgentSkills)$|github\.copilot\.chat\.(?:agent|claudeAgent|cloudAgent)\.)/

/** Answers what the approval maps of VS Code say: which commands, edits and addresses need no question; and that the agent is set up at all. */
export function readVscodeSettings(
  value: unknown,
  settings: readonly SettingSighting[],
): readonly SettingSighting[] {
  const approved = [
    ...approvals(value, "chat.tools.terminal.autoApprove", ANY_COMMAND),
    ...approvals(value, "chat.tools.edits.autoApprove", ANY_FILE),
  ]
  return settings.length + approved.length > 0 ? approved : setUp(value)
}

function setUp(value: unknown): readonly SettingSighting[] {
  const [setting] = Object.entries(asFields(value) ?? {}).find(([name]) => OF_THE_AGENT.test(name)) ?? []
  return setting === undefined ? [] : [{ setting, value: "set", level: null }]
}

function approvals(
  value: unknown,
  setting: string,
  everything: ReadonlySet<string>,
): readonly SettingSighting[] {
  const map = asFields(field(asFields(value), setting)) ?? {}
  const approved = Object.keys(map).filter((pattern) => map[pattern] === true)
  if (approved.length === 0) return []
  const level = approved.some((pattern) => everything.has(pattern)) ? "broad" : "partial"
  return [{ setting, value: approved.slice(0, 3).join(", "), level }]
}
