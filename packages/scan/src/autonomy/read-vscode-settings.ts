import type { SettingSighting } from "../configurations/observation.ts"
import { asFields, field } from "../documents/fields.ts"

const ANY_COMMAND = new Set(["/.*/", "/.+/", "/^.*$/", "*"])
const ANY_FILE = new Set(["**", "**/*"])

/** Answers what the approval maps of VS Code say: which commands, edits and addresses need no question. */
export function readVscodeSettings(value: unknown): readonly SettingSighting[] {
  return [
    ...approvals(value, "chat.tools.terminal.autoApprove", ANY_COMMAND),
    ...approvals(value, "chat.tools.edits.autoApprove", ANY_FILE),
  ]
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
