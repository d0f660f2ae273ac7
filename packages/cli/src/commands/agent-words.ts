import { isJsonObject, type Json, type JsonObject, visibleText } from "@tabard/core"

/** One line about an agent, for a person. What the server says is a stranger's, and made plain. */
export function agentLine(agent: JsonObject): string {
  const owner = agent["owner"]
  const by = isJsonObject(owner ?? null) ? textOf(Object(owner).name) : "nobody"
  return columns([
    [textOf(agent["id"]), 40],
    [textOf(agent["state"]), 12],
    [by, 20],
    [textOf(agent["name"]), 0],
  ])
}

/** What a person wants to know of how an agent proves itself: its state, its installs with their ages, its live tokens. */
export function agentWords(agent: JsonObject): string {
  const tokens = arrayOf(agent["tokens"])
  const instances = arrayOf(agent["instances"])
  return [
    agentLine(agent),
    `identity  ${textOf(agent["identity"])}`,
    `purpose   ${textOf(agent["purpose"])}`,
    `until     ${textOf(agent["expiresAt"])}`,
    `tokens    ${tokens.length} live`,
    ...instances.map(instanceLine),
  ].join("\n")
}

function instanceLine(instance: JsonObject): string {
  const { id, kind, label, keyStorage, enrolledAt, rotatedAt, lastUsedAt, revokedAt } = instance
  const ended = revokedAt ? `, revoked ${textOf(revokedAt)}` : ""
  const rotated = rotatedAt ? `, rotated ${textOf(rotatedAt)}` : ""
  const used = lastUsedAt ? `, last used ${textOf(lastUsedAt)}` : ", never used"
  const place = keyStorage ? ` in ${textOf(keyStorage)}` : ""
  return `  ${textOf(id)}  ${textOf(kind)}${place} (${textOf(label)}), since ${textOf(enrolledAt)}${rotated}${used}${ended}`
}

function columns(cells: readonly (readonly [string, number])[]): string {
  return cells.map(([text, width]) => text.padEnd(width)).join("  ")
}

function arrayOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((each) => isJsonObject(each)) : []
}

function textOf(value: unknown): string {
  return typeof value === "string" && value !== "" ? visibleText(value).slice(0, 200) : "–"
}
