import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId, type User } from "@tabard/core"
import { type PushOutcome, settleDelivered, settlePush } from "../signals/hand-over.ts"
import { makeSource } from "../signals/keep-sources.ts"
import { makeStream, setStreamStatus } from "../signals/keep-streams.ts"
import type { FailedTry } from "../signals/record-trouble.ts"
import { settleAsking } from "../signals/settle-asking.ts"
import { SIGNAL_URIS } from "../signals/signal-types.ts"
import { recordStreamEvent } from "../signals/stream-acts.ts"
import { openTellingWorld, type TellingWorld } from "./testing/telling-world.ts"

const MINUTE = 60_000
const BOX = { seal: () => new Uint8Array(1), open: () => "" }
const DOWN = { kind: "later", said: "it answered 503" } as const
const HELD = { kind: "held", said: "it answered 401" } as const

describe("administrators", () => {
  it("are told once of a receiver that takes no signals for an hour, and the record says when it takes them again", async () => {
    await using world = await openTellingWorld()
    const { ann, security, push, deliver } = await streamed(world)
    for (let minute = 0; minute < 60; minute += 20) {
      await push({ ...DOWN, afterMs: null })
      world.clock.advance(20 * MINUTE)
    }
    await world.tell()
    assert.deepEqual(await world.toldTo(ann), [])
    for (let tries = 0; tries < 2; tries++) await push({ ...DOWN, afterMs: null })
    await world.tell()
    const [one, ...more] = await world.toldTo(ann)
    assert.deepEqual(
      [one?.kind, one?.details],
      ["signals-troubled", { name: "A receiver", said: "it answered 503", how: "stream" }],
    )
    assert.deepEqual([more, await world.toldTo(security)], [[], []])
    for (let times = 0; times < 2; times++) await deliver()
    assert.equal((await world.events("signal.recovered")).length, 1)
    await push(HELD)
    assert.equal((await world.events("signal.stalled")).length, 2, "what begins anew is told anew")
  })

  it("are told at once where a person has to put something right", async () => {
    await using world = await openTellingWorld()
    const { ann, push } = await streamed(world)
    await push(HELD)
    await world.tell()
    assert.deepEqual(
      (await world.toldTo(ann)).map(({ details }) => details["said"]),
      ["it answered 401"],
    )
  })

  it("are told of a source that does not answer, and nobody of one that does", async () => {
    await using world = await openTellingWorld()
    const { ann, ask } = await sourced(world)
    await ask(undefined)
    await ask(DOWN)
    await ask(undefined)
    await world.tell()
    assert.deepEqual(await world.toldTo(ann), [])
    await ask(DOWN)
    world.clock.advance(60 * MINUTE)
    await ask(DOWN)
    await ask(undefined)
    await world.tell()
    const [one] = await world.toldTo(ann)
    assert.deepEqual(one?.details, { name: "The provider", said: "it answered 503", how: "source" })
    assert.equal((await world.events("signal.recovered")).length, 1)
  })

  it("are told of a stream that was paused because too much waits, and not where a person paused it", async () => {
    await using world = await openTellingWorld()
    const { ann, stream, deps, by } = await streamed(world)
    await setStreamStatus(deps, by, stream.id, { status: "paused", reason: "it moves" })
    await world.tell()
    assert.deepEqual(await world.toldTo(ann), [])
    const actor = { kind: "system", id: "signals" } as const
    const data = { status: "paused", reason: "10000 signals wait" }
    await world.transact((tx) =>
      recordStreamEvent(world, tx, stream, { type: "signal-stream.changed", actor, data }),
    )
    await world.tell()
    const [one] = await world.toldTo(ann)
    assert.deepEqual(one?.details, { name: "A receiver", said: "10000 signals wait", how: "full" })
  })
})

async function streamed(world: TellingWorld) {
  const [ann, security] = [await world.person("administrator"), await world.person("security")]
  const by = { by: ann, receiver: null }
  const deps = { ...world, box: BOX, issuer: "https://tabard.example" }
  const stream = await makeStream(deps, by, {
    name: "A receiver",
    requested: [SIGNAL_URIS["account-disabled"]],
    form: "uri",
    everybody: true,
    delivery: { method: "push", url: "https://receiver.example/set" },
    header: null,
    audience: null,
    receiver: null,
  })
  const jti = newId("signal", world.clock)
  return {
    ann,
    security,
    stream,
    deps,
    by,
    push: (outcome: PushOutcome) => settlePush(world, stream, { jti }, outcome),
    deliver: () => settleDelivered(world, stream),
  }
}

async function sourced(world: TellingWorld): Promise<{
  readonly ann: User
  readonly ask: (failed: FailedTry | undefined) => Promise<void>
}> {
  const ann = await world.person("administrator")
  const { source } = await makeSource({ ...world, box: BOX }, ann, {
    name: "The provider",
    issuer: "https://idp.example",
    audience: "us",
    jwksUri: "https://idp.example/jwks",
    delivery: { method: "poll", url: "https://idp.example/poll", header: null },
  })
  return { ann, ask: (failed) => settleAsking(world, source, failed) }
}
