import type { AutonomyLevel } from "@tabard/core"
import type { SettingSighting } from "../configurations/observation.ts"
import { asFields, fieldAt } from "../documents/fields.ts"
import type { KnownClient, KnownSetting } from "../knowledge/knowledge-pack.ts"
import { freest } from "./autonomy-order.ts"
import { readClaudeSettings } from "./read-claude-settings.ts"
import { readCodexSettings } from "./read-codex-settings.ts"
import { readCursorSettings } from "./read-cursor-settings.ts"
import { readPermissionMap } from "./read-permission-map.ts"
import { readToolRules } from "./read-tool-rules.ts"
import { readVscodeSettings } from "./read-vscode-settings.ts"
import { readZedSettings } from "./read-zed-settings.ts"

/** Enough to know a setting that many names have. */
const MOST_VALUES = 20
const EDITOR = "vscode-copilot"
const EDITOR_SETTINGS = [["settings"], ["customizations", "vscode", "settings"]]

/** What a client's own reader adds to the settings that have one value and one meaning. */
type SettingsReader = (value: unknown, settings: readonly SettingSighting[]) => readonly SettingSighting[]

const READERS: ReadonlyMap<string, SettingsReader> = new Map([
  ["amp", readToolRules("amp.permissions")],
  ["augment", readToolRules("toolPermissions")],
  ["claude-code", readClaudeSettings],
  ["codex", readCodexSettings],
  ["cursor", readCursorSettings],
  ["kilo-code", readPermissionMap],
  ["opencode", readPermissionMap],
  ["vscode-copilot", readVscodeSettings],
  ["zed", readZedSettings],
])

/** Answers the settings of a configuration that say how freely its agent acts. Their values may still hold secrets. */
export function readSettings(value: unknown, client: KnownClient): readonly SettingSighting[] {
  return settingsIn(value, client).flatMap((settings) => readSettingsOf(settings, client))
}

/** Workspaces and development containers hold the editor's settings within. */
function settingsIn(value: unknown, client: KnownClient): readonly unknown[] {
  if (client.id !== EDITOR) return [value]
  const within = EDITOR_SETTINGS.map((place) => fieldAt(value, place)).filter((settings) =>
    asFields(settings),
  )
  return [value, ...within]
}

function readSettingsOf(value: unknown, client: KnownClient): readonly SettingSighting[] {
  const settings = client.autonomy.flatMap((known) => readSetting(value, known))
  return [...settings, ...(READERS.get(client.id)?.(value, settings) ?? [])]
}

function readSetting(value: unknown, known: KnownSetting): readonly SettingSighting[] {
  return valuesAt(value, known.setting, [])
    .slice(0, MOST_VALUES)
    .flatMap(({ way, stated }) => said(way.join("."), wordsOf(stated), known))
}

/** A list is one setting: the freest of its items speaks for all. */
function said(setting: string, words: readonly string[], known: KnownSetting): readonly SettingSighting[] {
  if (words.length === 0) return []
  const levels = words.map((word) => levelOf(word, known)).filter((level) => level !== null)
  const shown = words.slice(0, 3).join(", ")
  const value = words.length > 3 ? `${shown} and ${words.length - 3} more` : shown
  return [{ setting, value, level: freest(levels) ?? null }]
}

function levelOf(word: string, { levels, otherwise }: KnownSetting): AutonomyLevel | null {
  return (Object.hasOwn(levels, word) ? levels[word] : otherwise) ?? null
}

function wordsOf(stated: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(stated) ? stated : [stated]
  return items.filter((item) => typeof item === "string" || typeof item === "boolean").map(String)
}

interface ValueAt {
  readonly way: readonly string[]
  readonly stated: unknown
}

function valuesAt(
  value: unknown,
  [name, ...rest]: readonly string[],
  way: readonly string[],
): readonly ValueAt[] {
  if (name === undefined) return [{ way, stated: value }]
  const fields = asFields(value) ?? {}
  const names = name === "*" ? Object.keys(fields) : Object.hasOwn(fields, name) ? [name] : []
  return names.flatMap((key) => valuesAt(fields[key], rest, [...way, key]))
}
