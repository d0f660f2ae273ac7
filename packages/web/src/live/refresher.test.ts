import { QueryClient, QueryObserver } from "@tanstack/react-query"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { keys } from "../data/keys.ts"
import { touchedBy } from "../data/touched.ts"
import { Refresher } from "./refresher.ts"

beforeEach(() => void vi.useFakeTimers({ now: 1_800_000_000_000 }))
afterEach(() => void vi.useRealTimers())

describe("a console that hears of changes", () => {
  it("asks for what is shown and was touched, and for nothing else", async () => {
    const world = await shown(keys.overview, keys.servers)
    world.refresher.touch(touchedBy({ type: "finding.opened", agent: null }))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(world.asked(keys.overview)).toBe(1)
    expect(world.asked(keys.servers)).toBe(0)
  })

  it("asks soon after the first change, and not for each of many", async () => {
    const world = await shown(keys.overview)
    for (let second = 0; second < 60; second += 1) {
      for (let n = 0; n < 5; n += 1)
        world.refresher.touch(touchedBy({ type: "call.decided", agent: "agt_1" }))
      await vi.advanceTimersByTimeAsync(1_000)
      if (second === 0) expect(world.asked(keys.overview)).toBe(1)
    }
    expect(world.asked(keys.overview)).toBeGreaterThan(8)
    expect(world.asked(keys.overview)).toBeLessThan(16)
  })

  it("asks for what a person waits for within a second", async () => {
    const world = await shown(keys.approvalsIn("pending"))
    for (let second = 0; second < 5; second += 1) {
      world.refresher.touch(touchedBy({ type: "approval.requested", agent: "agt_1" }))
      await vi.advanceTimersByTimeAsync(1_600)
      expect(world.asked(keys.approvalsIn("pending"))).toBe(second + 1)
    }
  })

  it("asks for what is on its way into the log once more when it has arrived", async () => {
    const world = await shown(keys.log)
    world.refresher.touch(touchedBy({ type: "agent.suspended", agent: "agt_1" }))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(world.asked(keys.log)).toBe(1)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(world.asked(keys.log)).toBe(2)
  })

  it("waits while nobody looks, and asks when somebody does", async () => {
    const world = await shown(keys.agents)
    world.seen = false
    world.refresher.touch(touchedBy({ type: "agent.entered", agent: "agt_1" }))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(world.asked(keys.agents)).toBe(0)
    world.seen = true
    world.refresher.look()
    await vi.advanceTimersByTimeAsync(0)
    expect(world.asked(keys.agents)).toBe(1)
  })

  it("asks for what was not shown when it is shown next", async () => {
    const world = await shown(keys.agents)
    world.hide(keys.agents)
    world.refresher.touch(touchedBy({ type: "agent.entered", agent: "agt_1" }))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(world.asked(keys.agents)).toBe(0)
    expect(world.cache.getQueryState(keys.agents)?.isInvalidated).toBe(true)
  })

  it("lets an answer come that is on its way, and then asks once more", async () => {
    const world = await shown(keys.overview)
    world.slow = 10_000
    void world.cache.refetchQueries({ queryKey: keys.overview })
    world.refresher.touch(touchedBy({ type: "finding.opened", agent: null }))
    await vi.advanceTimersByTimeAsync(9_000)
    expect(world.asked(keys.overview)).toBe(1)
    await vi.advanceTimersByTimeAsync(12_000)
    expect(world.asked(keys.overview)).toBe(2)
  })

  it("is not one of a chorus: each asks at a moment of its own", async () => {
    const first = await shown(keys.overview)
    const last = await shown(keys.overview)
    last.chance = 1
    first.chance = 0
    for (const { refresher } of [first, last]) refresher.touch([keys.overview])
    await vi.advanceTimersByTimeAsync(500)
    expect([first.asked(keys.overview), last.asked(keys.overview)]).toEqual([1, 0])
    await vi.advanceTimersByTimeAsync(500)
    expect(last.asked(keys.overview)).toBe(1)
  })
})

/** A console that shows the answers of these keys, read ten seconds ago. */
async function shown(...queryKeys: readonly (readonly string[])[]) {
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } })
  const asked = new Map<string, number>()
  const stops = new Map<string, () => void>()
  const around = { seen: true, slow: 0, chance: 0.5 }
  const world = Object.assign(around, {
    cache,
    asked: (queryKey: readonly unknown[]) => (asked.get(JSON.stringify(queryKey)) ?? 0) - 1,
    hide: (queryKey: readonly unknown[]) => stops.get(JSON.stringify(queryKey))?.(),
    refresher: new Refresher(cache, {
      now: Date.now,
      chance: () => around.chance,
      isSeen: () => around.seen,
    }),
  })
  for (const queryKey of queryKeys) {
    const name = JSON.stringify(queryKey)
    const queryFn = async () => {
      asked.set(name, (asked.get(name) ?? 0) + 1)
      if (around.slow > 0) await new Promise((answer) => setTimeout(answer, around.slow))
      return name
    }
    stops.set(
      name,
      new QueryObserver(cache, { queryKey, queryFn }).subscribe(() => undefined),
    )
  }
  await vi.advanceTimersByTimeAsync(10_000)
  return world
}
