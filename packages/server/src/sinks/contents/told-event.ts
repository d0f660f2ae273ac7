import type { LoggedEntry } from "@tabard/control"
import { isJsonObject, type Json, type JsonObject } from "@tabard/core"
import { type Meaning, meaningOf } from "./event-meanings.ts"

/** A logged event read for a projection: what is missing or of another kind than it should be is undefined. */
export interface ToldEvent {
  readonly entry: LoggedEntry
  readonly meaning: Meaning
  readonly id: string
  readonly type: string
  /** Milliseconds since 1970. */
  readonly time: number
  readonly organisation: string | undefined
  readonly actor: { readonly kind: string | undefined; readonly id: string; readonly via: string | undefined }
  readonly agent: string | undefined
  readonly instance: string | undefined
  readonly owner: string | undefined
  readonly onBehalfOf: string | undefined
  readonly task: string | undefined
  readonly call: string | undefined
  readonly approval: string | undefined
  readonly action: string | undefined
  readonly resource: string | undefined
  readonly outcome: string | undefined
  readonly decision: Decided | undefined
  readonly trace: string | undefined
  readonly data: JsonObject
}

/** What was decided, where the event says it. */
export interface Decided {
  readonly id: string | undefined
  readonly effect: string | undefined
  readonly code: string | undefined
  readonly reasons: readonly string[]
  readonly version: number | undefined
}

/** Reads an entry's event. Nothing of it is trusted to have a shape: it may be of another version of the program. */
export function toldEvent(entry: LoggedEntry): ToldEvent {
  const { event } = entry
  const type = textOf(event["type"]) ?? "unknown"
  const actor = objectOf(event["actor"])
  const told = {
    agent: textOf(event["agent"]),
    instance: textOf(event["instance"]),
    owner: textOf(event["owner"]),
    onBehalfOf: textOf(event["onBehalfOf"]),
    task: textOf(event["task"]),
    call: textOf(event["call"]),
    approval: textOf(event["approval"]),
    action: textOf(event["action"]),
    resource: textOf(event["resource"]),
    outcome: textOf(event["outcome"]),
  }
  return {
    entry,
    meaning: meaningOf(type),
    id: textOf(event["id"]) ?? `${entry.origin}/${entry.index}`,
    type,
    time: timeOf(event["t"]),
    organisation: textOf(event["organisation"]),
    actor: {
      kind: textOf(actor["kind"]),
      id: textOf(actor["id"]) ?? "unknown",
      via: textOf(actor["via"]),
    },
    ...told,
    decision: decided(event["decision"]),
    trace: textOf(objectOf(event["trace"])["traceId"]),
    data: objectOf(event["data"]),
  }
}

/** Answers whether what the event tells of was tried and did not come about. */
export function isFailure({ meaning, outcome, decision }: ToldEvent): boolean {
  if (meaning.subject !== "call") return meaning.refused ?? false
  return decision ? decision.effect === "deny" : outcome !== undefined && outcome !== "ok"
}

/** Answers the person whom an event is about: named in its data, or else who did it. */
export function personOf({ data, actor }: ToldEvent): string {
  return textOf(data["user"]) ?? textOf(data["person"]) ?? textOf(data["to"]) ?? actor.id
}

/** Answers a text, or undefined where it is none or empty. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined
}

/** Answers an object's members; none where it is no object. */
export function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

/** Answers an object without members that are undefined, as receivers want it. */
export function present(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

function decided(value: Json | undefined): Decided | undefined {
  if (!isJsonObject(value)) return undefined
  const { reasons, version } = value
  return {
    id: textOf(value["id"]),
    effect: textOf(value["effect"]),
    code: textOf(value["code"]),
    reasons: Array.isArray(reasons) ? reasons.filter((each): each is string => typeof each === "string") : [],
    version: typeof version === "number" ? version : undefined,
  }
}

function timeOf(value: Json | undefined): number {
  const time = Date.parse(textOf(value) ?? "")
  return Number.isNaN(time) ? 0 : time
}
