import { isJsonObject, type Json, type JsonObject, visibleText } from "@tabard/core"

/** Says which documents are in force, a line each. */
export function documentLines(documents: readonly JsonObject[]): string {
  if (documents.length === 0) return "Nobody wrote any."
  return documents
    .map((each) => `${textOf(each["kind"])} ${textOf(each["subject"])}  ${versionWords(each)}`)
    .join("\n")
}

/** Says who wrote which version, newest first. */
export function versionLines(versions: readonly JsonObject[]): string {
  return versions.length === 0 ? "Nobody wrote it." : versions.map(versionWords).join("\n")
}

function versionWords({ version, author, at, policies }: JsonObject): string {
  const count = policies === 1 ? "1 policy" : `${textOf(policies)} policies`
  return `version ${textOf(version)}  ${textOf(at)}  ${textOf(author)}  ${count}`
}

/** Says a document as it was written. */
export function sourceLines(source: Json | undefined): string {
  return typeof source === "string" ? source.split("\n").map(visibleText).join("\n").trimEnd() : ""
}

const MARKS: ReadonlyMap<Json | undefined, string> = new Map([
  ["added", "+ "],
  ["removed", "- "],
])

/** Says what is otherwise in one version than in another, line by line. */
export function comparisonLines(lines: readonly JsonObject[]): string {
  const isOther = lines.some(({ kind }) => kind !== "same")
  if (!isOther) return "Both say the same."
  return lines.map(({ kind, text }) => `${MARKS.get(kind) ?? "  "}${textOf(text)}`).join("\n")
}

/** Says which tools each agent may use, is asked about or is kept from. */
export function coverageLines(agents: readonly JsonObject[]): string {
  const blocks = agents.map((each) => {
    const bound = [
      each["manifest"] === true ? "a manifest" : "",
      each["byHand"] === true ? "policies by hand" : "",
    ]
    const head = `${textOf(each["agent"])}: ${bound.filter((word) => word !== "").join(" and ") || "no manifest and nothing by hand, so it may use nothing"}`
    return [head, ...objectsIn(each["tools"]).map(toolLine)].join("\n")
  })
  return blocks.length === 0 ? "There are no agents." : blocks.join("\n")
}

function toolLine({ server, tool, verdict, policies }: JsonObject): string {
  const by = Array.isArray(policies) ? policies.map((id: Json) => textOf(id)).join(", ") : ""
  return `  ${textOf(verdict).padEnd(6)} ${textOf(server)}/${textOf(tool)}  ${by}`
}

/** Says what no policy speaks of. */
export function gapLines({ agentsWithoutManifest, toolsWithoutPermit, silentPolicies }: JsonObject): string {
  const tools = objectsIn(toolsWithoutPermit).map(({ server, tool }) => `${textOf(server)}/${textOf(tool)}`)
  return [
    ...block("Active agents without a manifest", textsIn(agentsWithoutManifest)),
    ...block("Tools that no agent is permitted", tools),
    ...block("Everybody's policies that decided nothing lately", textsIn(silentPolicies)),
  ].join("\n")
}

function block(head: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [`${head}: none`] : [`${head}:`, ...lines.map((line) => `  ${line}`)]
}

function textsIn(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map((each: Json) => textOf(each)) : []
}

/** Answers the objects of a list that a server said. */
export function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((each) => isJsonObject(each)) : []
}

function textOf(value: Json | undefined): string {
  if (typeof value === "string") return visibleText(value)
  return typeof value === "number" ? String(value) : "–"
}
