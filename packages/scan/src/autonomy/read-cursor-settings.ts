import type { SettingSighting } from "../configurations/observation.ts"
import { asFields, asTexts, field } from "../documents/fields.ts"

/** Answers what the allow-lists of Cursor say: which commands and tools run unasked. */
export function readCursorSettings(value: unknown): readonly SettingSighting[] {
  return ["terminalAllowlist", "mcpAllowlist"].flatMap((setting) => {
    const allowed = asTexts(field(asFields(value), setting))
    if (allowed.length === 0) return []
    const any = allowed.some((entry) => entry === "*" || entry === "*:*")
    const told = allowed.slice(0, 3).join(", ")
    return [{ setting, value: told, level: any ? "broad" : "partial" }]
  })
}
