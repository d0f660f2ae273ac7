import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { followWhileSeen } from "./follow-while-seen.ts"

beforeEach(() => void vi.useFakeTimers({ now: 1_800_000_000_000 }))
afterEach(() => void vi.useRealTimers())

const CHANGE = 'id: evt_1\nevent: change\ndata: {"type":"agent.entered","agent":"agt_1"}\n\n'

describe("following what changes", () => {
  it("hears changes, also where they arrive in pieces", async () => {
    const world = open()
    world.say(CHANGE.slice(0, 20))
    world.say(`${CHANGE.slice(20)}event: reset\ndata: {}\n\n: still here\n\n`)
    await soon()
    expect(world.told).toEqual(["live", "agent.entered agt_1", "reset"])
  })

  it("goes on behind what it heard last where the connection ends, and says nothing of it", async () => {
    const world = open()
    world.say(CHANGE)
    world.end()
    await soon(2_000)
    expect(world.lastIds).toEqual([null, "evt_1"])
    expect(world.told).toEqual(["live", "agent.entered agt_1", "live"])
  })

  it("says that nothing is heard where it fails again and again, and asks ever more calmly", async () => {
    const world = open()
    world.status = 503
    await soon()
    world.end()
    await soon(10 * 60_000)
    expect(world.told.slice(0, 2)).toEqual(["live", "away: silent"])
    expect(world.lastIds.length).toBeGreaterThan(15)
    expect(world.lastIds.length).toBeLessThan(50)
  })

  it("takes a connection on which not even silence is broken for a dead one", async () => {
    const world = open()
    await soon(20_000)
    world.say(": still here\n\n")
    await soon(20_000)
    expect(world.lastIds).toHaveLength(1)
    await soon(8_000)
    expect(world.lastIds).toHaveLength(2)
  })

  it("looks at everything again where it cannot know what it missed", async () => {
    const world = open()
    world.status = 503
    await soon()
    world.end()
    await soon(20_000)
    world.status = 200
    await soon(40_000)
    expect(world.told.slice(-2)).toEqual(["reset", "live"])
  })

  it("tells a refusal at once, since the session may be over", async () => {
    const world = open({ status: 401 })
    await soon()
    expect(world.told).toEqual(["away: refused"])
  })

  it("gives the connection back while nobody sees the page, but not for a glance elsewhere", async () => {
    const world = open()
    world.say(CHANGE)
    await soon()
    world.turn("hidden")
    await soon(2_000)
    world.turn("visible")
    world.say(": still here\n\n")
    await soon(10_000)
    expect(world.lastIds).toHaveLength(1)
    world.turn("hidden")
    world.say(": still here\n\n")
    await soon(4_000)
    expect(world.closed()).toBe(true)
    await soon(60_000)
    expect(world.lastIds).toHaveLength(1)
    world.turn("visible")
    await soon()
    expect(world.lastIds).toEqual([null, "evt_1"])
  })
})

class Page extends EventTarget {
  visibilityState: DocumentVisibilityState = "visible"
}

/** A console and the server that it listens to. */
function open({ status = 200 } = {}) {
  const told: string[] = []
  const lastIds: (string | null)[] = []
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined
  let signal: AbortSignal | undefined
  const page = new Page()
  const world = {
    told,
    lastIds,
    status,
    say: (text: string) => stream?.enqueue(new TextEncoder().encode(text)),
    end: () => stream?.close(),
    closed: () => signal?.aborted,
    turn(state: DocumentVisibilityState) {
      page.visibilityState = state
      page.dispatchEvent(new Event("visibilitychange"))
    },
  }
  const server: typeof fetch = async (_, init) => {
    lastIds.push(new Headers(init?.headers).get("last-event-id"))
    signal = init?.signal ?? undefined
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        stream = controller
        world.say("retry: 2000\n\n")
        signal?.addEventListener("abort", () => {
          try {
            controller.error(new Error("aborted"))
          } catch {}
        })
      },
    })
    return new Response(world.status === 200 ? body : null, { status: world.status })
  }
  followWhileSeen({
    fetch: server,
    page,
    now: Date.now,
    chance: () => 0.5,
    onSeen: () => undefined,
    onChange: ({ type, agent }) => told.push(`${type} ${agent}`),
    onReset: () => told.push("reset"),
    onLive: () => told.push("live"),
    onAway: (why) => told.push(`away: ${why}`),
  })
  return world
}

async function soon(ms = 10): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
}
