import type { SinkTest } from "@tabard/api"
import { type CarriedItem, type CarryResult, findSink, recordSinkTest, type Sink } from "@tabard/control"
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
  const result = await carrier
    .carry([testItem(services, by, sink)], AbortSignal.timeout(TIME_MS))
    .catch((error: unknown): CarryResult => {
      onFault(error)
      return { kind: "later", reason: "it could not be carried, by a fault of this program", afterMs: null }
    })
  const answer = answerOf(result)
  await recordSinkTest({ ...recordContext(services), transact: shelf.transact }, by, sink, answer.taken)
  return answer
}

function answerOf(result: CarryResult): SinkTest {
  if (result.kind !== "taken") return { taken: false, said: result.reason }
  const [refused] = result.refused
  return { taken: refused === undefined, said: refused?.reason ?? null }
}

function testItem({ organisation, clock }: ApiServices, by: User, sink: Sink): CarriedItem {
  const at = clock.now()
  const test = `test/${newHandle()}`
  const event = {
    v: 1,
    id: newId("event", clock),
    t: at.toISOString(),
    organisation: organisation.id,
    actor: { kind: "user", id: by.id },
    type: "sink.tested",
    data: { sink: sink.id, name: sink.name, kind: sink.kind, test: true },
  }
  // No log holds it, and it says so: its origin is none, and its leaf is empty.
  const entry = { place: 0, origin: test, index: 0, leaf: "", event }
  return { key: test, place: 0, type: event.type, at, body: EXPORT_CONTENTS.entry(sink.content, entry) }
}
