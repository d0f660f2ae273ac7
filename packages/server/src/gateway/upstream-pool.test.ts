import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { fileURLToPath } from "node:url"
import {
  isJsonObject,
  type Json,
  type JsonObject,
  ManualClock,
  newId,
  parseLossless,
  type ToolVersion,
  type Upstream,
} from "@tabard/core"
import { listUpstreamTools } from "./list-upstream-tools.ts"
import { UPSTREAM_LIMITS, type UpstreamLimits } from "./upstream-limits.ts"
import type { Progress } from "./upstream-message.ts"
import { type UpstreamAnswer, UpstreamPool } from "./upstream-pool.ts"

const ODD = fileURLToPath(new URL("fixtures/odd-upstream.ts", import.meta.url))

describe("forwarding to an upstream", () => {
  it("writes numbers as they were judged, however long", async () => {
    await using world = await open()
    const text = '{"big":9007199254740993,"money":0.10,"deep":[1e400]}'

    const answer = await world.call("echo", { arguments: parseLossless(text) })

    assert.match(textOf(answer), /"arguments":\{"big":9007199254740993,"money":0\.10,"deep":\[1e400\]\}/)
  })

  it("starts the process once for many calls, with nothing of the gateway's environment", async () => {
    process.env["TABARD_TEST_SECRET"] = "must not travel"
    await using world = await open()

    const answers = await Promise.all(Array.from({ length: 10 }, () => world.call("env")))

    const seen = answers.map((answer) => JSON.parse(textOf(answer)) as { env: object; pid: number })
    assert.equal(new Set(seen.map(({ pid }) => pid)).size, 1)
    assert.deepEqual(Object.keys(seen[0]?.env ?? {}).toSorted(), ["HOME", "LANG", "PATH"])
  })

  it("takes the first answer of two, and none that is for another id", async () => {
    await using world = await open()

    assert.equal(textOf(await world.call("twice")), "first")
    assert.equal(textOf(await world.call("stranger")), "for you")
    assert.equal(textOf(await world.call("count")), "3")
  })

  it("answers what the server asks with -32601, and goes on", async () => {
    await using world = await open()

    assert.match(textOf(await world.call("ask")), /"id":"q1","error":\{"code":-32601/)
  })

  it("hands on progress of the call and the server's own refusal", async () => {
    await using world = await open()
    const seen: Progress[] = []

    await world.call("slow", { progressed: (progress) => seen.push(progress) })
    const refused = await world.call("refuse")

    assert.deepEqual(seen, [{ progress: 1, total: 2, message: "half" }])
    assert.deepEqual(refused, {
      kind: "replied",
      reply: { kind: "error", code: -32602, message: "not like this" },
    })
  })

  for (const tool of ["exit", "flood", "huge", "broken"]) {
    it(`says of a call that it may have run, when the server answers with ${tool}, and serves the next`, async () => {
      await using world = await open()

      const answer = await world.call(tool)

      assert.equal(answer.kind, "lost")
      assert.equal(textOf(await world.call("count")), "1")
    })
  }

  it("starts a server that keeps crashing again only after a pause", async () => {
    await using world = await open()
    await world.call("exit")
    await world.call("exit")

    assert.equal((await world.call("count")).kind, "unsent")
    world.clock.advance(UPSTREAM_LIMITS.backOffMs)
    assert.equal(textOf(await world.call("count")), "1")
  })

  it("ends a call that stays silent for too long, and tells the server", async () => {
    await using world = await open({ idleMs: 100 })

    assert.deepEqual(await world.call("hang"), { kind: "lost", words: "it did not answer in time" })
  })

  it("ends a cancelled call, and never sends one that was cancelled before", async () => {
    await using world = await open()
    const cancel = new AbortController()
    await world.call("count")

    const running = world.call("hang", { signal: cancel.signal })
    setTimeout(() => cancel.abort(), 50)

    assert.equal((await running).kind, "lost")
    assert.equal((await world.call("count", { signal: cancel.signal })).kind, "unsent")
    assert.equal(textOf(await world.call("count")), "3")
  })

  it("does not forward to a tool that is defined otherwise than it was pinned", async () => {
    await using world = await open()
    await world.call("change")

    assert.equal((await world.call("echo")).kind, "tool-changed")
    assert.equal((await world.call("echo", { digest: "another" })).kind, "tool-changed")
  })

  it("says that a program which cannot be started was not reached", async () => {
    await using world = await open()
    const upstream = { ...world.upstream, launch: { ...world.launch, command: "no-such-program-here" } }

    const answer = await world.pool.call(upstream, await world.forwarded("echo"))

    assert.deepEqual(answer, { kind: "unsent", words: "there is no program no-such-program-here" })
  })
})

interface CallOptions {
  readonly arguments?: Json
  readonly signal?: AbortSignal
  readonly digest?: string
  readonly progressed?: (progress: Progress) => void
}

async function open(limits: Partial<UpstreamLimits> = {}) {
  const clock = new ManualClock("2026-11-21T12:00:00Z")
  const deps = { sandbox: { kind: "none" }, limits: { ...UPSTREAM_LIMITS, ...limits }, clock } as const
  const launch = { transport: "stdio", command: process.execPath, args: [ODD], roots: [] } as const
  const upstream: Upstream = {
    id: newId("server", clock),
    name: "odd",
    launch,
    registeredBy: newId("user", clock),
    registeredAt: clock.now(),
  }
  const listed = await listUpstreamTools(deps, upstream)
  const pool = new UpstreamPool(deps)

  async function forwarded(name: string, options: CallOptions = {}) {
    const args = options.arguments
    return {
      tool: pinned(name, options.digest),
      arguments: isJsonObject(args) ? args : {},
      signal: options.signal ?? new AbortController().signal,
      stillStands: async () => true,
      progressed: options.progressed ?? (() => undefined),
    }
  }

  function pinned(name: string, digest?: string): ToolVersion {
    const tool = listed.find((listedTool) => listedTool.name === name)
    assert.ok(tool)
    return {
      id: newId("toolVersion", clock),
      server: upstream.id,
      name,
      definition: tool.definition,
      digest: digest ?? tool.digest,
      effects: ["read"],
      roles: {},
      pinnedAt: clock.now(),
    }
  }

  return {
    clock,
    launch,
    upstream,
    pool,
    forwarded,
    call: async (name: string, options?: CallOptions) => pool.call(upstream, await forwarded(name, options)),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  }
}

function textOf(answer: UpstreamAnswer): string {
  assert.equal(answer.kind, "replied", JSON.stringify(answer))
  assert.ok(answer.kind === "replied" && answer.reply.kind === "result", JSON.stringify(answer))
  const content = answer.reply.result["content"]
  const first: Json | undefined = Array.isArray(content) ? (content as JsonObject[])[0] : undefined
  assert.ok(isJsonObject(first))
  assert.ok(typeof first["text"] === "string")
  return first["text"]
}
