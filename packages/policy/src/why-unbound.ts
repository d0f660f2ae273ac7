import { ASK_PARTIES, nearestWord, readAskRoute } from "@tabard/core"
import type { ParsedPolicy } from "./parse-policy.ts"
import { conditionNodes, entitiesNamed } from "./policy-nodes.ts"
import { DOORS } from "./schema.ts"
import { actionsNamed } from "./slice.ts"
import { whyReadMisused } from "./what-was-read.ts"

/** The annotations that mean something, and what. */
export const ANNOTATIONS: Readonly<Record<string, string>> = {
  id: "names the policy",
  say: "what whoever is refused or asked is told",
  ask: "whom a forbid asks",
  requestable: "whom a permit has to be requested of",
}

/** Answers why a policy that reads well would bind nobody; undefined where it binds. */
export function whyUnbound({ json, kind }: Pick<ParsedPolicy, "json" | "kind">): string | undefined {
  return (
    whyMeaningless(json) ??
    whyNeverAsked({ json, kind }) ??
    whyNobodyAsked(json) ??
    whyUnfilled(json) ??
    whyReadMisused(json)
  )
}

function whyMeaningless({ annotations = {} }: ParsedPolicy["json"]): string | undefined {
  const odd = Object.keys(annotations).find((name) => !Object.hasOwn(ANNOTATIONS, name))
  if (odd === undefined) return undefined
  if (odd === "obligation")
    return "@obligation belongs to policies of other applications: what is decided about agents carries none"
  const meant = nearestWord(odd, Object.keys(ANNOTATIONS))
  const hint = meant === undefined ? "" : `; is @${meant} meant?`
  return `@${odd.slice(0, 80)} means nothing${hint || "."} Annotations are ${Object.keys(ANNOTATIONS)
    .map((name) => `@${name}`)
    .join(", ")}`
}

/** People are asked about calls: at the doors before them nobody could say yes. */
function whyNeverAsked({ json, kind }: Pick<ParsedPolicy, "json" | "kind">): string | undefined {
  if (kind === "plain") return undefined
  const door = actionsNamed(json).find((id) => DOORS.some((each) => each === id))
  if (door === undefined) return undefined
  return `nobody is asked about ${door}: people are asked about calls; forbid it without @ask, or ask about calls`
}

/** Who cannot be asked never agrees, and a forbid that does not look at who agreed is discharged by nobody. */
function whyNobodyAsked({ annotations = {}, conditions, effect }: ParsedPolicy["json"]): string | undefined {
  const route = annotations["ask"] ?? annotations["requestable"]
  if (route === undefined || route === null) return undefined
  if (readAskRoute(route) === undefined)
    return `nobody can be asked as ${JSON.stringify(route.slice(0, 80))}: name ${ASK_PARTIES.join(", ")}, team:<its name>, person:<an address>, or "2 of owner | security"`
  if (effect === "permit" || agreesTo(conditions, route)) return undefined
  return `their yes would change nothing: add unless { context.session.approved.contains(${JSON.stringify(route)}) }`
}

function agreesTo(conditions: ParsedPolicy["json"]["conditions"], route: string): boolean {
  for (const node of conditionNodes({ conditions })) if (node["Value"] === route) return true
  return false
}

function whyUnfilled(json: ParsedPolicy["json"]): string | undefined {
  for (const { type } of entitiesNamed(json))
    if (type === "Tabard::Blueprint")
      return "nobody says which blueprint an agent came from: name agents or their tiers"
  for (const node of conditionNodes(json))
    if ("hasTag" in node || "getTag" in node)
      return "nothing that is acted on has tags here: name the resource, its server or its system"
  return undefined
}
