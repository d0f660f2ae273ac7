import type { EventView } from "@tabard/api"
import { describe, expect, it } from "vitest"
import { groupEvents } from "./group-events.ts"

describe("the record as a story", () => {
  it("keeps the events of one task, and in it of one call, together", () => {
    const told = groupEvents([
      event("evt_5", "tsk_1", "cal_2"),
      event("evt_4", "tsk_1", "cal_1"),
      event("evt_3", "tsk_1", "cal_1"),
      event("evt_2", "tsk_1", null),
      event("evt_1", null, null),
      event("evt_0", null, null),
    ])
    expect(
      told.map(({ task, calls }) => [task, calls.map((call) => call.events.map(({ id }) => id))]),
    ).toEqual([
      ["tsk_1", [["evt_5"], ["evt_4", "evt_3"], ["evt_2"]]],
      [null, [["evt_1"], ["evt_0"]]],
    ])
  })

  it("never changes the order in which things happened", () => {
    const stream = [
      event("evt_3", "tsk_1", null),
      event("evt_2", "tsk_2", null),
      event("evt_1", "tsk_1", null),
    ]
    const told = groupEvents(stream).flatMap(({ calls }) => calls.flatMap((call) => call.events))
    expect(told).toEqual(stream)
  })
})

function event(id: string, task: string | null, call: string | null): EventView {
  return {
    id,
    task,
    call,
    type: "call.decided",
    at: "2026-11-21T12:00:00Z",
    sentence: id,
    agent: null,
    index: 1,
    body: {},
    beside: [],
  }
}
