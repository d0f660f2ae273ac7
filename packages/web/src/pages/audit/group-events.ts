import type { EventView } from "@tabard/api"

/** Events of one call, or one event that belongs to none. */
export interface CallGroup {
  readonly call: string | null
  readonly events: readonly EventView[]
}

/** A stretch of the record that one task brought about, or that happened outside any. */
export interface TaskGroup {
  readonly task: string | null
  readonly calls: readonly CallGroup[]
}

/** Groups a stream by task and call without changing its order: a story told in stretches, newest first. */
export function groupEvents(events: readonly EventView[]): readonly TaskGroup[] {
  return runs(events, (event) => event.task).map((stretch) => ({
    task: stretch[0].task,
    calls: runs(stretch, (event) => event.call ?? event.id).map((call) => ({
      call: call[0].call,
      events: call,
    })),
  }))
}

type Run = readonly [EventView, ...EventView[]]

// Neighbours with the same key, together.
function runs(events: readonly EventView[], keyOf: (event: EventView) => string | null): readonly Run[] {
  const found: [EventView, ...EventView[]][] = []
  for (const event of events) {
    const last = found.at(-1)
    if (last && keyOf(last[0]) === keyOf(event)) last.push(event)
    else found.push([event])
  }
  return found
}
