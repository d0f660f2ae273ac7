import assert from "node:assert/strict"
import type { Sink } from "@tabard/control"
import type { Id } from "@tabard/core"
import type { ExportWorld, Line } from "./export-world.ts"

/** Answers the places of the entries in these lines. */
export function placesOf(lines: readonly Line[]): readonly number[] {
  return lines.flatMap(({ log }) => log?.place ?? [])
}

/** Answers the sizes that the checkpoints in these lines tell. */
export function checkpointsOf(lines: readonly Line[]): readonly number[] {
  return lines.flatMap(({ checkpoint }) => checkpoint?.size ?? [])
}

/** Answers the first so many places. */
export function upTo(end: number): readonly number[] {
  return Array.from({ length: end }, (_, place) => place)
}

/** Answers the keys of what a webhook received. */
export function keysIn(received: readonly { readonly body: string }[]): readonly string[] {
  return received.flatMap(({ body }) => JSON.parse(body).data.entries.map(({ key }: { key: string }) => key))
}

/** Answers the keys of the world's first so many entries. */
export async function keysUpTo(world: ExportWorld, size: number): Promise<readonly string[]> {
  return upTo(size).map((place) => `audit.acme.example/${world.organisation.slug}/1/${place}`)
}

/** Answers the types of all events, the oldest first. */
export async function typesOf({ snapshot }: ExportWorld): Promise<readonly string[]> {
  const events = await snapshot(({ outbox }) => outbox.list({ limit: 1000 }))
  return events.map(({ type }) => type).toReversed()
}

/** Answers a sink as it is kept now. */
export async function found(world: ExportWorld, id: Id<"sink">): Promise<Sink> {
  return (await world.snapshot(({ sinks }) => sinks.find(id))) ?? assert.fail()
}
