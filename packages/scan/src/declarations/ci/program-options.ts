import { levelOfRules } from "../../autonomy/read-claude-settings.ts"
import type { SettingSighting } from "../../configurations/observation.ts"
import type { KnownProgram, Modes } from "../declaration-knowledge.ts"
import { WORKFLOW_SETTINGS } from "../workflow-settings.ts"

const LONGEST_LIST = 20_000

/** What a command line grants a client, and the JSON or the path behind its options that name documents. */
export interface ProgramOptions {
  readonly settings: readonly SettingSighting[]
  readonly documents: readonly string[]
}

/** Answers what the options of a known program say of how freely it acts. */
export function programOptions(program: KnownProgram, args: readonly string[]): ProgramOptions {
  return {
    settings: [...unattended(program, args), ...modes(program.modes ?? {}, args), ...tools(program, args)],
    documents: (program.documents ?? []).flatMap((option) => valuesOf(option, args)),
  }
}

/** Answers the setting of a list of tools that are allowed unasked, or none where it is empty. */
export function toolsSetting(rules: readonly string[]): readonly SettingSighting[] {
  const [first] = rules
  if (first === undefined) return []
  const shown = rules.slice(0, 3).join(", ")
  const value = rules.length > 3 ? `${shown} and ${rules.length - 3} more` : shown
  return [{ setting: WORKFLOW_SETTINGS.tools, value, level: levelOfRules(rules.map(sameRule)) }]
}

/** Clients call the same tools by other names: a whole shell is a whole shell, and reading is reading. */
function sameRule(rule: string): string {
  const [, name = "", rest = ""] = /^(\w+)(.*)$/s.exec(rule) ?? []
  if (SHELL_NAMES.has(name)) return `Bash${rest}`
  return READ_NAMES.has(name) ? `Read${rest}` : rule
}

const SHELL_NAMES = new Set(["run_shell_command", "ShellTool", "shell", "bash", "execute_bash"])
const READ_NAMES = new Set([
  "read_file",
  "read_many_files",
  "list_directory",
  "glob",
  "search_file_content",
  "grep_search",
  "google_web_search",
  "fs_read",
  "read",
])

/** Answers the rules in a list that is split by commas, blanks or lines; what stands in brackets stays together. */
export function splitRules(text: string): readonly string[] {
  // An open bracket is looked for to the end of the text, at each of them again.
  const rules = text.slice(0, LONGEST_LIST).matchAll(/[^\s,()]+(?:\([^)]*\))?/g)
  return [...rules].map(([rule]) => rule)
}

function unattended(
  { unattended: switches = [] }: KnownProgram,
  args: readonly string[],
): readonly SettingSighting[] {
  return args
    .filter((word) => switches.includes(word))
    .map((value) => ({ setting: WORKFLOW_SETTINGS.unattended, value, level: "unrestricted" }))
}

/** Answers the modes that inputs or options set, each with its level. */
function modes(known: Modes, args: readonly string[]): readonly SettingSighting[] {
  return Object.entries(known).flatMap(([option, levels]) => {
    const values = Object.hasOwn(levels, "true") && args.includes(option) ? ["true"] : valuesOf(option, args)
    return values.map((value) => modeSetting(option, value, levels))
  })
}

/** Answers the setting of a mode; a value that is not known is told, and decides nothing. */
export function modeSetting(option: string, value: string, levels: Modes[string]): SettingSighting {
  const level = Object.hasOwn(levels, value) ? (levels[value] ?? null) : null
  return { setting: WORKFLOW_SETTINGS.mode, value: value === "true" ? option : value, level }
}

function tools({ tools: options = [] }: KnownProgram, args: readonly string[]): readonly SettingSighting[] {
  return toolsSetting(options.flatMap((option) => manyValuesOf(option, args)).flatMap(splitRules))
}

function valuesOf(option: string, args: readonly string[]): readonly string[] {
  return manyValuesOf(option, args).slice(0, 1)
}

/** An option may stand before its value, be joined with it by `=`, be given again, or take several rules. */
function manyValuesOf(option: string, args: readonly string[]): readonly string[] {
  return args.flatMap((word, at) => {
    if (word.startsWith(`${option}=`)) return [word.slice(option.length + 1)]
    return word === option ? valuesAfter(args.slice(at + 1)) : []
  })
}

/** The first word is the value; those behind it belong to it only while they look like rules, and not like a prompt. */
function valuesAfter([value, ...rest]: readonly string[]): readonly string[] {
  if (value === undefined || value.startsWith("-")) return []
  const end = rest.findIndex((word) => !/^[\w*]+(?:\(.*\))?,?$/.test(word))
  return [value, ...rest.slice(0, end < 0 ? undefined : end)]
}
