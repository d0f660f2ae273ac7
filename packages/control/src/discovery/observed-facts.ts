import { type Fact, isJsonObject, type Json, type JsonObject } from "@tabard/core"
import type { Observation } from "../registry/observation-store.ts"

/** What a sighting of an agent states about it, by name. */
const STATED: Readonly<Record<string, (body: JsonObject) => Json>> = {
  name: (body) => body["name"] ?? body["client"] ?? body["framework"] ?? "unnamed agent",
  category: (body) => body["category"] ?? null,
  client: (body) => body["client"] ?? null,
  framework: (body) => body["framework"] ?? null,
  autonomy: (body) => memberOf(body["autonomy"], "level"),
  autonomySettings: (body) => memberOf(body["autonomy"], "effective"),
}

/** The names under which sightings state something. */
export const STATED_NAMES: readonly string[] = Object.keys(STATED)

/** The names of those that say how freely an agent acts. */
export const AUTONOMY_NAMES: readonly string[] = ["autonomy", "autonomySettings"]

/** Answers what a sighting states. It is a statement beside others, never a correction of what a person said. */
export function observedFacts({
  subject,
  reporter,
  body,
  lastSeen,
}: Pick<Observation, "subject" | "reporter" | "body" | "lastSeen">): readonly Fact[] {
  return Object.entries(STATED).map(([name, read]) => ({
    subject,
    name,
    kind: "observed",
    source: reporter,
    value: read(body),
    at: lastSeen,
  }))
}

function memberOf(value: Json | undefined, name: string): Json {
  return isJsonObject(value) ? (value[name] ?? null) : null
}
