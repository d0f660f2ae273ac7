import type { SettingSighting } from "../configurations/observation.ts"
import { fieldAt } from "../documents/fields.ts"
import type { KnownClient, KnownSetting } from "../knowledge/knowledge-pack.ts"
import { readClaudeSettings } from "./read-claude-settings.ts"
import { readCodexSettings } from "./read-codex-settings.ts"
import { readCursorSettings } from "./read-cursor-settings.ts"
import { readVscodeSettings } from "./read-vscode-settings.ts"

/** What a client's own reader adds to the settings that have one value and one meaning. */
type SettingsReader = (value: unknown, settings: readonly SettingSighting[]) => readonly SettingSighting[]

const READERS: ReadonlyMap<string, SettingsReader> = new Map([
  ["claude-code", readClaudeSettings],
  ["codex", readCodexSettings],
  ["cursor", readCursorSettings],
  ["vscode-copilot", readVscodeSettings],
])

/** Answers the settings of a configuration that say how freely its agent acts. Their values may still hold secrets. */
export function readSettings(value: unknown, client: KnownClient): readonly SettingSighting[] {
  const settings = client.autonomy.flatMap((known) => readSetting(value, known))
  return [...settings, ...(READERS.get(client.id)?.(value, settings) ?? [])]
}

function readSetting(value: unknown, known: KnownSetting): readonly SettingSighting[] {
  const stated = fieldAt(value, known.setting)
  if (typeof stated !== "string" && typeof stated !== "boolean") return []
  const text = String(stated)
  const level = Object.hasOwn(known.levels, text) ? (known.levels[text] ?? null) : null
  return [{ setting: known.setting.join("."), value: text, level }]
}
