import { isJsonObject, type Json, type JsonObject } from "@tabard/core"
import { commitmentOf } from "./commit-values.ts"
import type { EventValue, StoredEvent } from "./event-store.ts"

/** What stands beside the log for one member that an event commits to. */
export interface BesideValue {
  readonly field: string
  /** `altered` where what is kept is not what the event commits to: it is not shown. */
  readonly state: "altered" | "erased" | "kept"
  readonly value: Json
}

/** What is shown in the place of a value that was taken away. */
export const ERASED = "[erased]"

/** What is shown in the place of a value that is not the one that was recorded. */
const ALTERED = "[not what was recorded]"

/** Answers an event as it is logged; of one whose bytes are no JSON object, nothing. */
export function loggedBody({ bytes }: Pick<StoredEvent, "bytes">): JsonObject {
  const body: Json = JSON.parse(new TextDecoder().decode(bytes))
  return isJsonObject(body) ? body : {}
}

/** Answers what stands beside an event, each value held against its commitment. Events of before commitments have none. */
export function valuesBeside(body: JsonObject, values: readonly EventValue[]): readonly BesideValue[] {
  const commits = isJsonObject(body["commits"]) ? body["commits"] : {}
  const kept = new Map(values.map((value) => [value.field, value]))
  return Object.entries(commits).map(([field, commitment]) => {
    const value = kept.get(field)
    if (!value) return { field, state: "erased", value: null }
    if (commitmentOf(value) !== commitment) return { field, state: "altered", value: null }
    return { field, state: "kept", value: value.value }
  })
}

/** Answers an event with what stands beside it put back in its places, for whoever reads what happened. */
export function wholeBody(body: JsonObject, beside: readonly BesideValue[]): JsonObject {
  return beside.reduce((whole, { field, state, value }) => {
    const shown = state === "kept" ? value : state === "erased" ? ERASED : ALTERED
    return putAt(whole, field.split("."), shown)
  }, body)
}

function putAt(into: JsonObject, [name = "", ...deeper]: readonly string[], value: Json): JsonObject {
  const member = into[name]
  const inner = isJsonObject(member) ? member : {}
  return { ...into, [name]: deeper.length === 0 ? value : putAt(inner, deeper, value) }
}
