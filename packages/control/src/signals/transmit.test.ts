import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId } from "@tabard/core"
import { recordEvent } from "../audit/event/record-event.ts"
import { LOG_LEASE } from "../audit/log/log-state-store.ts"
import { type ControlWorld, openControlWorld } from "../testing/control-world.ts"
import { nextSets } from "./hand-over.ts"
import { makeStream, setStreamStatus } from "./keep-streams.ts"
import type { SignalStream } from "./signal-stream-store.ts"
import { SIGNAL_URIS } from "./signal-types.ts"
import type { StreamDeps } from "./stream-acts.ts"
import { MOST_WAITING, transmit } from "./transmit.ts"

const ISSUER = "https://tabard.example"

describe("transmitting", () => {
  it("keeps a signal once, however many look at the record at the same time", async () => {
    await using world = await openControlWorld()
    const { stream } = await streamed(world)
    await suspended(world)
    await suspended(world)
    await Promise.all(Array.from({ length: 20 }, () => transmit(depsOf(world), stream.id)))
    assert.equal((await waiting(world, stream)).length, 2)
    assert.equal(await transmit(depsOf(world), stream.id), 0)
  })

  it("tells nothing of what happened before there was the stream", async () => {
    await using world = await openControlWorld()
    await suspended(world)
    const { stream } = await streamed(world)
    while ((await transmit(depsOf(world), stream.id)) > 0);
    assert.deepEqual(await waiting(world, stream), [])
  })

  it("pauses a stream of which too much waits, tells so in it, and counts what it does not keep", async () => {
    await using world = await openControlWorld()
    const { stream, deps, by } = await streamed(world)
    const full = Array.from({ length: MOST_WAITING }, () => ({
      jti: newId("signal", world.clock),
      stream: stream.id,
      claims: {},
      control: false,
      madeAt: world.clock.now(),
    }))
    await world.transact((tx) => tx.signalSets.addAll(full))
    await suspended(world)
    await suspended(world)
    while ((await transmit(depsOf(world), stream.id)) > 0);
    const [paused] = await world.snapshot((tx) => tx.signalStreams.list())
    assert.equal(paused?.status, "paused")
    const [told, ...others] = await waiting(world, { ...stream, status: "paused" })
    assert.deepEqual(others, [], "while it is paused nothing else goes out")
    assert.deepEqual(Object.keys(Object(told?.claims["events"])), [SIGNAL_URIS["stream-updated"]])
    const [progress] = await world.snapshot((tx) => tx.signalStreams.progress())
    assert.deepEqual([progress?.dropped, progress?.waiting], [2, MOST_WAITING + 1])
    const [event] = await world.events("signal-stream.changed")
    assert.deepEqual(event?.["actor"], { kind: "system", id: "signals" })
    await setStreamStatus(deps, by, stream.id, { status: "enabled", reason: null })
    assert.equal((await waiting(world, stream)).length, 100, "what was held goes out")
  })

  it("gives a receiver five streams at most", async () => {
    await using world = await openControlWorld()
    const { deps, by } = await streamed(world)
    const receiver = newId("apiToken", world.clock)
    await world.transact(({ apiTokens }) =>
      apiTokens.insert({
        id: receiver,
        tokenHash: "a hash",
        fingerprint: null,
        purpose: "A receiver",
        role: "auditor",
        scopes: ["ssf.manage"],
        madeBy: by.by.id,
        madeAt: world.clock.now(),
        expiresAt: new Date(world.clock.now().getTime() + 1000),
        lastUsedAt: null,
        revoked: null,
      }),
    )
    for (let n = 0; n < 5; n++) await makeStream(deps, { ...by, receiver }, wish())
    await assert.rejects(makeStream(deps, { ...by, receiver }, wish()), { code: "not_allowed" })
    await makeStream(deps, by, wish())
  })
})

async function streamed(world: ControlWorld): Promise<{
  stream: SignalStream
  deps: StreamDeps
  by: Parameters<typeof makeStream>[1]
}> {
  const by = { by: await world.person("administrator"), receiver: null }
  const box = { seal: () => new Uint8Array(1), open: () => "" }
  const deps = { ...world, box, issuer: ISSUER }
  return { stream: await makeStream(deps, by, wish()), deps, by }
}

function wish(): Parameters<typeof makeStream>[2] {
  return {
    name: "A receiver",
    requested: [SIGNAL_URIS["account-disabled"]],
    form: "uri",
    everybody: true,
    delivery: { method: "poll" },
    header: null,
    audience: null,
    receiver: null,
  }
}

function depsOf(world: ControlWorld): Parameters<typeof transmit>[0] {
  return { ...world, issuer: ISSUER }
}

function waiting(world: ControlWorld, stream: Pick<SignalStream, "id" | "status">) {
  return world.snapshot((tx) => nextSets(tx, stream, 100))
}

/** An agent that was suspended, and its event in the log. */
async function suspended(world: ControlWorld): Promise<void> {
  const agent = await world.agent()
  await world.transact(async (tx) => {
    const actor = { kind: "user", id: newId("user", world.clock) } as const
    await recordEvent(world, tx.outbox, {
      type: "agent.suspended",
      actor,
      agent: agent.id,
      data: { reason: "x" },
    })
    const initial = { generation: 1, base: 0, origin: "log.example", root: "", checkpoint: null }
    const state = await tx.logState.ensure({ ...initial, sequenced: 0, integrated: 0, published: 0 })
    const placed = await tx.outbox.sequenceWaiting(state.sequenced, 1000)
    const fence = (await tx.leases.acquire(LOG_LEASE, "test", 3600_000, world.clock.now())) ?? -1
    await tx.logState.advance(state, { ...state, sequenced: state.sequenced + placed }, fence)
  })
}
