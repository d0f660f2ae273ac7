import type { SinkTest } from "@tabard/api"
import {
  type CarriedItem,
  type CarryResult,
  carryItems,
  envelopeOf,
  findSink,
  recordSinkTest,
  type Sink,
} from "@tabard/control"
import { newHandle, newId, type User } from "@tabard/core"
import { type ApiServices, recordContext } from "../api/services.ts"
import { EXPORT_CONTENTS } from "./export-ways.ts"

/** How long a test may take. */
const TIME_MS = 30_000

/** Carries one item that says that it is a test, past the queue, and records that somebody did. The cursor stays where it is. */
export async function testSink(services: ApiServices, by: User, id: string): Promise<SinkTest> {
  const { exporting, shelf, onFault } = services
  const sink = await shelf.snapshot((tx) => findSink(tx, id))
  await using carrier = exporting.carrier(sink)
  const item = testItem(services, by, sink)
  const result = await carryItems({ onFault }, { carrier, signal: AbortSignal.timeout(TIME_MS) }, [item])
  const answer = answerOf(result)
  await recordSinkTest({ ...recordContext(services), transact: shelf.transact }, by, sink, answer.taken)
  return answer
}

function answerOf(result: CarryResult): SinkTest {
  if (result.kind !== "taken") return { taken: false, said: result.reason }
  const [refused] = result.refused
  return { taken: refused === undefined, said: refused?.reason ?? null }
}

function testItem(services: ApiServices, by: User, sink: Sink): CarriedItem {
  const { clock } = services
  const at = clock.now()
  const test = `test/${newHandle()}`
  const type = "sink.tested"
  const standing = { id: newId("event", clock), at, commits: {} }
  const event = envelopeOf(recordContext(services), standing, {
    type,
    actor: { kind: "user", id: by.id },
    data: { sink: sink.id, name: sink.name, kind: sink.kind, test: true },
  })
  // No log holds it, and it says so: its origin is none, and its leaf is empty.
  const entry = { place: 0, origin: test, index: 0, leaf: "", event }
  return { key: test, place: 0, type, at, body: EXPORT_CONTENTS.entry(sink.content, entry) }
}
