import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { CarrierDeps } from "./carrier-deps.ts"
import { httpReceiverContract } from "./http-receiver.contract.ts"
import { otlpCarrier } from "./otlp-carrier.ts"
import { carrierDeps, carry, item, items, TAKEN } from "./testing/carried.ts"
import { answering, startReceiver } from "./testing/receiver.ts"

const CANARY = "Bearer canary-of-the-header"

const CALL = {
  v: 1,
  type: "call.decided",
  agent: "agt_1",
  call: "cal_1",
  action: "files/read_file",
  decision: { effect: "permit", version: 7 },
  trace: { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7" },
}

describe("carrying to an OpenTelemetry receiver", () => {
  it("sends each item as a log record, whose body is the content and whose attributes are the conventions'", async () => {
    await using receiver = await startReceiver(answering(200, {}))
    await using carrier = carrierTo(receiver.url, carrierDeps())
    const one = item(7, {
      type: "call.decided",
      body: { event: CALL, log: { place: 7, share: 0.5, none: null } },
    })
    assert.deepEqual(await carry(carrier, [one]), TAKEN)
    const [request] = receiver.received
    assert.equal(request?.headers.authorization, CANARY)
    const [resource] = JSON.parse(request?.body ?? "").resourceLogs
    assert.deepEqual(named(resource.resource.attributes), {
      "service.name": "tabard",
      "service.namespace": "acme.example",
      "service.version": "1.2.3",
    })
    const [record] = resource.scopeLogs[0].logRecords
    assert.equal(record.timeUnixNano, `${one.at.getTime()}000000`)
    assert.equal(record.eventName, "call.decided")
    assert.equal(record.traceId, CALL.trace.traceId)
    assert.equal(record.spanId, CALL.trace.spanId)
    assert.deepEqual(named(record.attributes), {
      "tabard.key": "acme/7",
      "tabard.place": "7",
      "gen_ai.agent.id": "agt_1",
      "gen_ai.operation.name": "execute_tool",
      "gen_ai.tool.name": "read_file",
      "gen_ai.tool.call.id": "cal_1",
      "mcp.method.name": "tools/call",
      "tabard.server": "files",
      "tabard.decision.effect": "permit",
    })
    const log = record.body.kvlistValue.values.find(({ key }: { key: string }) => key === "log")
    assert.deepEqual(log.value.kvlistValue.values, [
      { key: "place", value: { intValue: "7" } },
      { key: "share", value: { doubleValue: 0.5 } },
      { key: "none", value: {} },
    ])
  })

  it("names the agent of an event that is told as ECS, and no trace that is none", async () => {
    await using receiver = await startReceiver(answering(200, {}))
    await using carrier = carrierTo(receiver.url, carrierDeps())
    const event = { kind: "event", action: "agent.adopted" }
    const tabard = { v: 1, type: "agent.adopted", agent: "agt_9", trace: { traceId: "<script>" } }
    await carry(carrier, [item(0, { body: { event, tabard } })])
    const [record] = JSON.parse(receiver.received[0]?.body ?? "").resourceLogs[0].scopeLogs[0].logRecords
    assert.equal(named(record.attributes)["gen_ai.agent.id"], "agt_9")
    assert.equal("traceId" in record, false)
  })

  for (const said of [
    answering(200),
    answering(200, { partialSuccess: null }),
    answering(200, { partialSuccess: {} }),
    answering(200, { partialSuccess: { rejectedLogRecords: "0", errorMessage: CANARY } }),
  ])
    it("is taken where nothing was rejected, whatever else is said", async () => {
      await using receiver = await startReceiver(said)
      await using carrier = carrierTo(receiver.url, carrierDeps())
      assert.deepEqual(await carry(carrier, items(2)), TAKEN)
    })

  for (const one of ["1", 1])
    it(`finds which record was rejected, since it is told no more than how many (${typeof one})`, async () => {
      await using receiver = await startReceiver((response, got) =>
        (got.body.includes("poison")
          ? answering(200, { partialSuccess: { rejectedLogRecords: one, errorMessage: CANARY } })
          : answering(200, {}))(response, got),
      )
      await using carrier = carrierTo(receiver.url, carrierDeps())
      const result = await carry(carrier, [
        ...items(4),
        item(4, { body: { what: "poison" } }),
        ...items(4, 5),
      ])
      assert.deepEqual(result, {
        kind: "taken",
        refused: [{ key: "acme/4", reason: "it rejected this log record" }],
      })
    })

  it("comes again later where the answer cannot be read", async () => {
    await using receiver = await startReceiver((response) => void response.writeHead(200).end("<html>"))
    await using carrier = carrierTo(receiver.url, carrierDeps())
    assert.equal((await carry(carrier, items(2))).kind, "later")
  })

  httpReceiverContract(carrierTo, { canary: CANARY })
})

function carrierTo(url: string, deps: CarrierDeps): ReturnType<typeof otlpCarrier> {
  const settings = { url: `${url}/v1/logs` }
  return otlpCarrier({ settings, secrets: { headers: { authorization: CANARY } } }, deps)
}

function named(
  attributes: readonly { key: string; value: { stringValue?: string; intValue?: string } }[],
): Record<string, string | undefined> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]))
}
