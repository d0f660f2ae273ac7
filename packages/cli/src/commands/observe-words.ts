import { isJsonObject, type Json, type JsonObject, visibleText } from "@tabard/core"

/** Says whether an agent is observed, since when, by whose word and until when. What the server says is made plain. */
export function observingWords({ observing, latest, rehearsal }: JsonObject): string {
  if (!isJsonObject(latest)) return "enforced: it was never observed"
  const { startedAt, startedBy, reason, environment, endsAt, endedAt } = latest
  const ended = endedAt ? `ended     ${textOf(endedAt)}, by a person` : `until     ${textOf(endsAt)}`
  return [
    observing === true ? "observed: what its own bounds alone would stop is let through" : "enforced",
    `began     ${textOf(startedAt)}, by ${textOf(objectOf(startedBy)["name"])}: ${textOf(reason)}`,
    `where     ${textOf(environment)}`,
    ended,
    `calls     ${countOf(latest["calls"])} let through`,
    ...standingWords(rehearsal),
  ].join("\n")
}

/** What is left of a rehearsal; nothing where none was recorded. */
function standingWords(rehearsal: Json | undefined): readonly string[] {
  const { recordedAt, endedBy, tools } = objectOf(rehearsal)
  if (recordedAt === undefined) return []
  const ended = Array.isArray(endedBy) ? endedBy.map(textOf) : []
  if (ended.length > 0)
    return [`rehearsed ${textOf(recordedAt)}, and no more since ${ended.join(" and ")} changed`]
  const all = listOf(tools)
  const same = all.filter((tool) => tool["same"] === true).length
  return [`rehearsed ${textOf(recordedAt)}, for ${same} of ${all.length} tools as they are now`]
}

/** Says what enforcing would have made of what was observed: the counts, and what would be stopped with why. */
export function previewWords(preview: JsonObject): string {
  const [calls, permitted, asked, denied, unjudged] = COUNTS.map((name) => countOf(preview[name]))
  const head = `of ${calls} calls: ${permitted} permitted, ${asked} asked about, ${denied} denied`
  const not = unjudged === 0 ? "" : `, ${unjudged} not judged, as too little is kept of them`
  return [head + not, ...listOf(preview["stopped"]).flatMap(stoppedWords)].join("\n")
}

/** Says a suggested manifest, which can be saved as it is, with what is unused and what it would have stopped as comments. */
export function suggestionWords(suggestion: JsonObject): string {
  const preview = objectOf(suggestion["preview"])
  const unused = listOf(suggestion["unused"])
  return [
    ...previewWords(preview).split("\n"),
    ...(unused.length > 0 ? ["allowed today and not seen used:"] : []),
    ...unused.map(unusedWords),
  ]
    .map((line) => `# ${line}`)
    .concat(manifestLines(suggestion["manifest"]))
    .join("\n")
}

/** Says what a recorded rehearsal counts for. */
export function rehearsalWords({ tier, calls, tools, recordedAt }: JsonObject): string {
  const names = Object.keys(objectOf(tools)).length
  return `rehearsed ${textOf(recordedAt)}: ${countOf(calls)} calls of ${names} tools, as ${textOf(tier)}; it counts while bounds and tools stay as they are`
}

/** Answers what a preview ends with: 0 where nothing would be stopped, 3 where people would be asked or it is not known, 4 where something would be denied. */
export function previewCode(preview: JsonObject): 0 | 3 | 4 {
  if (countOf(preview["denied"]) !== 0) return 4
  return ["asked", "unjudged"].every((name) => countOf(preview[name]) === 0) ? 0 : 3
}

const COUNTS = ["calls", "permitted", "asked", "denied", "unjudged"] as const

function stoppedWords(one: JsonObject): readonly string[] {
  const { server, tool, effect, calls, uncertain, words, latest } = one
  const maybe = countOf(uncertain) === 0 ? "" : ` (${countOf(uncertain)} of them perhaps)`
  const name = `${textOf(objectOf(server)["name"])}/${textOf(tool)}`
  return [
    `  ${textOf(effect).padEnd(5)} ${String(countOf(calls)).padStart(5)}  ${name}${maybe}, last ${textOf(latest)}`,
    `               ${textOf(words)}`,
    ...listOf(one["examples"]).map(({ decision, arguments: args }) => {
      const kept = args === null ? "its arguments were not kept" : textOf(args)
      return `               ${textOf(decision)}  ${kept}`
    }),
  ]
}

function unusedWords({ server, tool, lastUsed }: JsonObject): string {
  const used = lastUsed === null ? "never seen permitted" : `last permitted ${textOf(lastUsed)}`
  return `  ${textOf(server)}/${textOf(tool)}, ${used}`
}

/** Two columns in, so that no line of it can be taken for one of ours; it is the same document. */
function manifestLines(manifest: Json | undefined): readonly string[] {
  if (typeof manifest !== "string") return []
  return manifest
    .trimEnd()
    .split("\n")
    .map((line) => `  ${(line.match(PIECES) ?? []).map(visibleText).join("")}`)
}

/** A line of a manifest is long at times, and a part of it would be another manifest: only what is short is never cut. */
const PIECES = /.{1,30}/gsu

/** What is no count is told as one that nothing can follow from. */
function countOf(value: Json | undefined): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : Number.NaN
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

function listOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((each) => isJsonObject(each)) : []
}

function textOf(value: unknown): string {
  return typeof value === "string" && value !== "" ? visibleText(value).slice(0, 2000) : "–"
}
