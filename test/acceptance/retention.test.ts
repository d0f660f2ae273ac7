import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { recordEvent } from "@tabard/control"
import { ManualClock } from "@tabard/core"
import { parseVerifierKey, verifyLog } from "@tabard/log"
import { fileTileStore } from "@tabard/log/files"
import { sha256, verifySignature } from "@tabard/log/node"
import type { RunningServer } from "@tabard/server"
import { addPerson, type Person } from "../world/people.ts"
import { type RawAnswer, rawRequest } from "../world/raw-request.ts"
import { runTabard, signInFirst } from "../world/running-tabard.ts"
import { temporaryDirectory } from "../world/tabard-process.ts"
import { until } from "../world/until.ts"

const DAY = 24 * 3600_000
const YEAR = 365 * DAY

describe("a written retention", () => {
  it("is settled by an administrator, read by an auditor, and takes old entries from a running Tabard", async () => {
    await using directory = await temporaryDirectory()
    const clock = new ManualClock("2025-01-01T00:00:00.000Z")
    {
      await using tabard = await runTabard({ data: directory.path, clock })
      await record(tabard.server, 600)
      await tabard.server.publish()
      await told(tabard.server)
    }
    clock.advance(YEAR)
    {
      await using tabard = await runTabard({ data: directory.path, clock })
      const ann = await addPerson(tabard.server, "administrator")
      const unsettled = await ask(tabard.server, ann, "GET")
      assert.deepEqual(JSON.parse(unsettled.text).settled, null)
      assert.equal((await ask(tabard.server, ann, "PUT", { months: 3, reason: "Short" })).status, 422)
      const put = await ask(tabard.server, ann, "PUT", { months: 9, reason: "As the privacy policy says" })
      assert.equal(put.status, 200, put.text)
      const auditor = await addPerson(tabard.server, "auditor")
      assert.equal((await ask(tabard.server, auditor, "PUT", { months: 9, reason: "x" })).status, 403)
      const read = JSON.parse((await ask(tabard.server, auditor, "GET")).text)
      assert.deepEqual(read.months, 9)
      assert.deepEqual(read.settled.by, { id: ann.user.id, name: ann.user.name })
      assert.equal(read.keptSince, "2025-04-01T00:00:00.000Z")
      assert.equal(read.logs[0].minimumIndex, 0)
      await tabard.server.publish()
      await told(tabard.server)
    }
    clock.advance(3 * DAY)
    await using tabard = await runTabard({ data: directory.path, clock })
    const auditor = await addPerson(tabard.server, "auditor")
    const pruned = await until(async () => {
      const { logs } = JSON.parse((await ask(tabard.server, auditor, "GET")).text)
      return logs[0].minimumIndex > 0 && logs[0]
    })
    assert.equal(pruned.minimumIndex, 512)
    assert.equal(pruned.prunedAt, clock.now().toISOString())
    await until(async () => (await get(tabard.server, auditor, "tile/entries/001")).status === 410)
    assert.match((await get(tabard.server, auditor, "tile/0/000")).text, /log_pruned/)
    assert.equal((await get(tabard.server, auditor, "tile/entries/002.p/9")).status, 200)
    assert.equal((await get(tabard.server, auditor, "minimum-index")).text, "512\n")

    await tabard.server.publish()
    const { verifierKey } = await tabard.server.organisation.record.view()
    const verified = await verifyLog(
      { tiles: fileTileStore(`${directory.path}/log/default`), sha256, verifySignature },
      { key: parseVerifierKey(sha256, verifierKey) },
    )
    assert.ok(verified.ok, JSON.stringify(verified))
    assert.equal(verified.unread, 512)
    const first = await tabard.server.organisation.shelf.snapshot(({ outbox }) => outbox.range(0, 600))
    assert.equal(first[0]?.index, 512)
    assert.deepEqual(tabard.faults, [])
  })

  it("prunes the logs one after another, each by its own index, and leaves each whole", async () => {
    await using directory = await temporaryDirectory()
    const clock = new ManualClock("2025-01-01T00:00:00.000Z")
    {
      await using tabard = await runTabard({ data: directory.path, clock })
      const ann = await signInFirst(tabard.server, "Ann")
      await record(tabard.server, 300)
      await tabard.server.publish()
      await ann.api.rotateLog({ reason: "the key's year is over" })
      await tabard.server.publish()
      await record(tabard.server, 600)
      await tabard.server.publish()
      await ann.api.putRetention({ months: 6, reason: "As the privacy policy says" })
      await told(tabard.server)
    }
    clock.advance(YEAR)
    await using tabard = await runTabard({ data: directory.path, clock })
    const auditor = await addPerson(tabard.server, "auditor")
    const logs = await until(async () => {
      const view = JSON.parse((await ask(tabard.server, auditor, "GET")).text)
      return view.logs[1]?.minimumIndex > 0 && view.logs
    })
    assert.deepEqual(
      logs.map(({ number, minimumIndex }: { number: number; minimumIndex: number }) => [
        number,
        minimumIndex,
      ]),
      [
        [1, 256],
        [2, 512],
      ],
    )
    await tabard.server.publish()
    const { snapshot } = tabard.server.organisation.shelf
    const kept = await snapshot(({ logs: all }) => all.list())
    await until(async () => (await get(tabard.server, auditor, "2/tile/0/001")).status === 410)
    for (const { number, verifierKey } of kept) {
      const folder = number === 1 ? "default" : `default.${number}`
      const verified = await verifyLog(
        { tiles: fileTileStore(`${directory.path}/log/${folder}`), sha256, verifySignature },
        { key: parseVerifierKey(sha256, verifierKey) },
      )
      assert.ok(verified.ok && verified.unread > 0, JSON.stringify(verified))
    }
    const rows = await snapshot(({ outbox }) => outbox.range(0, 2_000))
    const bases = kept.map(({ base }) => base).toSorted((a, b) => a - b)
    const places = rows.map(({ index }) => index ?? 0)
    assert.equal(places[0], 256)
    assert.equal(
      places.find((place) => place >= (bases[1] ?? 0)),
      (bases[1] ?? 0) + 512,
    )
  })
})

function ask(
  { publicUrl }: RunningServer,
  { cookie }: Person,
  method: "GET" | "PUT",
  body?: object,
): Promise<RawAnswer> {
  const writing = { "content-type": "application/json", "x-tabard": "1" }
  return rawRequest(publicUrl, {
    method,
    path: "/api/v1/log/retention",
    headers: { cookie, ...(body && writing) },
    ...(body && { body: JSON.stringify(body) }),
  })
}

function get({ publicUrl }: RunningServer, { cookie }: Person, path: string): Promise<RawAnswer> {
  return rawRequest(publicUrl, { path: `/log/${path}`, headers: { cookie } })
}

async function record(
  { organisation: { organisation, clock, shelf } }: RunningServer,
  count: number,
): Promise<void> {
  await shelf.transact(async ({ outbox }) => {
    for (let n = 0; n < count; n++) {
      const actor = { kind: "system", id: "test" } as const
      await recordEvent({ organisation, clock }, outbox, { type: "scan.finished", actor, data: { n } })
    }
  })
}

/** Waits until nobody waits to be told of anything that is in the log. */
async function told({ organisation: { shelf } }: RunningServer): Promise<void> {
  await until(() =>
    shelf.snapshot(async ({ logState, notifications }) => {
      const published = (await logState.find())?.published ?? 0
      return published > 0 && ((await notifications.place()) ?? 0) >= published
    }),
  )
}
