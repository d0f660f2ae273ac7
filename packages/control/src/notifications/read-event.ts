import { type Id, isId, type Kind } from "@tabard/core"
import type { StoredEvent } from "../audit/event/event-store.ts"

/** An event as far as telling people of it goes: what it says is read, and what it does not say is undefined. */
export interface ReadEvent {
  readonly id: Id<"event">
  readonly type: string
  readonly at: Date
  readonly agent: Id<"agent"> | null
  /** The person who did it; undefined where no person did. */
  readonly by: Id<"user"> | undefined
  readonly approval: unknown
  readonly action: unknown
  readonly data: Readonly<Record<string, unknown>>
}

/** Reads an event that was recorded here, by this program or by an older or newer one. */
export function readEvent({ id, type, at, agent, bytes }: StoredEvent): ReadEvent {
  const body = record(JSON.parse(new TextDecoder().decode(bytes)))
  const actor = record(body["actor"])["id"]
  return {
    id,
    type,
    at,
    agent,
    by: isId("user", actor) ? actor : undefined,
    approval: body["approval"],
    action: body["action"],
    data: record(body["data"]),
  }
}

/** Answers the id that an event's data hold under a name, where it is one of this kind. */
export function idIn<K extends Kind>(kind: K, value: unknown): Id<K> | undefined {
  return isId(kind, value) ? value : undefined
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {}
}
