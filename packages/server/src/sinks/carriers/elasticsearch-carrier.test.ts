import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { CarrierDeps } from "./carrier-deps.ts"
import { elasticsearchCarrier } from "./elasticsearch-carrier.ts"
import { httpReceiverContract } from "./http-receiver.contract.ts"
import { carrierDeps, carry, item, items, TAKEN } from "./testing/carried.ts"
import { answering, startReceiver } from "./testing/receiver.ts"

const API_KEY = "Y2FuYXJ5OnNlY3JldA=="

describe("carrying to Elasticsearch", () => {
  it("creates a document for each item in the data stream, under its key and with a time", async () => {
    await using receiver = await startReceiver(answering(200, { errors: false }))
    await using carrier = carrierTo(`${receiver.url}/`, carrierDeps())
    const ecs = { "@timestamp": "2026-11-01T10:00:00.000Z", message: "x" }
    assert.deepEqual(await carry(carrier, [item(7), item(8, { body: ecs })]), TAKEN)
    const [one] = receiver.received
    assert.match(one?.path ?? "", /^\/logs-tabard\.audit-default\/_bulk\?filter_path=/)
    assert.equal(one?.headers.authorization, `ApiKey ${API_KEY}`)
    assert.equal(one?.headers["content-type"], "application/x-ndjson")
    assert.ok(one?.body.endsWith("\n"))
    assert.deepEqual(
      one.body
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
      [
        { create: { _id: "acme/7" } },
        { "@timestamp": "2026-11-01T11:00:07.000Z", v: 1, type: "agent.adopted", place: 7 },
        { create: { _id: "acme/8" } },
        ecs,
      ],
    )
  })

  it("signs in by name and password where it has these", async () => {
    await using receiver = await startReceiver(answering(200, { errors: false }))
    const settings = { url: receiver.url, dataStream: "logs-tabard.audit-default" }
    const secrets = { username: "tabard", password: "päss" }
    await using carrier = elasticsearchCarrier({ settings, secrets }, carrierDeps())
    await carry(carrier, items(1))
    const [, basic = ""] = receiver.received[0]?.headers.authorization?.split(" ") ?? []
    assert.equal(Buffer.from(basic, "base64").toString("utf8"), "tabard:päss")
  })

  it("counts what is there already as taken", async () => {
    await using receiver = await startReceiver(
      answering(200, outcomes([409, "version_conflict_engine_exception"], [201])),
    )
    await using carrier = carrierTo(receiver.url, carrierDeps())
    assert.deepEqual(await carry(carrier, items(2)), TAKEN)
  })

  it("refuses the one that does not fit the mapping, by the type of its error and not by its words", async () => {
    const fails = outcomes([201], [400, "mapper_parsing_exception"], [400, `${API_KEY} <b>`], [201])
    await using receiver = await startReceiver(answering(200, fails))
    await using carrier = carrierTo(receiver.url, carrierDeps())
    assert.deepEqual(await carry(carrier, items(4)), {
      kind: "taken",
      refused: [
        { key: "acme/1", reason: "it answered 400: mapper_parsing_exception" },
        { key: "acme/2", reason: "it answered 400" },
      ],
    })
  })

  it("is held where every one of many is refused", async () => {
    const fails = outcomes([400, "mapper_parsing_exception"], [400, "mapper_parsing_exception"])
    await using receiver = await startReceiver(answering(200, fails))
    await using carrier = carrierTo(receiver.url, carrierDeps())
    assert.equal((await carry(carrier, items(2))).kind, "held")
  })

  it("carries all of them again later where it is too busy for one", async () => {
    const fails = outcomes([201], [429, "es_rejected_execution_exception"], [400, "mapper_parsing_exception"])
    await using receiver = await startReceiver(answering(200, fails, { "retry-after": "3" }))
    await using carrier = carrierTo(receiver.url, carrierDeps())
    const result = await carry(carrier, items(3))
    assert.deepEqual(result, { kind: "later", reason: "it answered 429 for one of them", afterMs: 3000 })
  })

  it("is held where the data stream is not its to write", async () => {
    await using receiver = await startReceiver(answering(200, outcomes([403, "security_exception"], [201])))
    await using carrier = carrierTo(receiver.url, carrierDeps())
    assert.equal((await carry(carrier, items(2))).kind, "held")
  })

  for (const [what, answer] of [
    ["is no JSON", answering(200)],
    ["tells of other items", answering(200, outcomes([201]))],
    ["says that there were errors, and not which", answering(200, { errors: true })],
  ] as const) {
    it(`comes again later where the answer ${what}`, async () => {
      await using receiver = await startReceiver(answer)
      await using carrier = carrierTo(receiver.url, carrierDeps())
      assert.equal((await carry(carrier, items(2))).kind, "later")
    })
  }

  httpReceiverContract(carrierTo, { canary: API_KEY })
})

function carrierTo(url: string, deps: CarrierDeps): ReturnType<typeof elasticsearchCarrier> {
  const settings = { url, dataStream: "logs-tabard.audit-default" }
  return elasticsearchCarrier({ settings, secrets: { apiKey: API_KEY } }, deps)
}

function outcomes(...all: readonly (readonly [number, string?])[]): object {
  const created = all.map(([status, type]) => ({ create: { status, ...(type && { error: { type } }) } }))
  return { errors: true, items: created }
}
