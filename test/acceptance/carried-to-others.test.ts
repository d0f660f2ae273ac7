import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { zstdDecompressSync } from "node:zlib"
import type { LoggedEntry, SinkCarrier } from "@tabard/control"
import { parquetReadObjects } from "hyparquet"
import { S3Objects } from "../../packages/server/src/record/s3/s3-objects.ts"
import { type CarriedTo, carrierOf } from "../../packages/server/src/sinks/carriers/carrier-of.ts"
import { carrierDeps, carry, item, TAKEN } from "../../packages/server/src/sinks/carriers/testing/carried.ts"
import { selfSigned } from "../../packages/server/src/sinks/carriers/testing/self-signed.ts"
import { contentOf } from "../../packages/server/src/sinks/contents/content-of.ts"
import { type OtelCollector, startCollector } from "../world/otel-collector.ts"
import { lacksTools } from "../world/outside-tool.ts"
import { type RsyslogServer, startRsyslog } from "../world/rsyslog-server.ts"
import { type S3Server, startS3Server } from "../world/s3-server.ts"

const HOSTILE = 'a"b]c\\d=e|f\ttab 🦊 Zoë'

describe("carrying to rsyslog", { skip: lacksTools("rsyslogd") }, () => {
  const ours = selfSigned("tabard.acme.example")
  let server: RsyslogServer
  before(async () => {
    server = await startRsyslog(ours)
  })
  after(() => server[Symbol.asyncDispose]())

  it("is taken apart as it was put together, whatever the entries hold", async () => {
    await using carrier = toSyslog("json")
    const portion = [
      item(0, { body: { text: HOSTILE } }),
      item(1, { key: 'odd"key]\\', body: { text: "one\nline" } }),
      item(2, { body: { text: "x".repeat(20_000) } }),
      item(3, { body: { text: "x".repeat(7_800) } }),
      ...Array.from({ length: 300 }, (_, at) => item(4 + at)),
    ]
    assert.deepEqual(await carry(carrier, portion), TAKEN)
    const taken = await server.taken(portion.length)
    assert.deepEqual(
      taken.slice(0, 2).map(({ priority, host, app, id, data }) => ({ priority, host, app, id, data })),
      [
        { ...HEADER, data: '[tabard@32473 key="acme/0" place="0"]' },
        { ...HEADER, data: String.raw`[tabard@32473 key="odd\"key\]\\" place="1"]` },
      ],
    )
    const bodies = taken.map(({ text }) => JSON.parse(text.replace("\uFEFF", "").trim()))
    assert.deepEqual(bodies[0], { text: HOSTILE })
    assert.deepEqual(bodies[1], { text: "one\nline" })
    assert.equal(bodies[2].cut.bytes, 20_011)
    assert.deepEqual(bodies[3], { text: "x".repeat(7_800) })
    assert.deepEqual(
      bodies.slice(4).map(({ place }) => place),
      Array.from({ length: 300 }, (_, at) => 4 + at),
    )
  })

  it("is taken in CEF too", async () => {
    await using carrier = toSyslog("cef")
    const before = await server.taken(0)
    const event = { v: 1, action: HOSTILE, actor: { kind: "agent", id: "agt_1" } }
    assert.deepEqual(await carry(carrier, [item(900, { type: "call.decided", body: { event } })]), TAKEN)
    const last = (await server.taken(before.length + 1)).at(-1)
    assert.match(
      last?.text ?? "",
      /^ ?CEF:0\|Tabard\|Tabard\|1\.2\.3\|call\.decided\|call decided\|3\|rt=\d+ /,
    )
    assert.ok(last?.text.includes(String.raw`act=a"b]c\\d\=e|f tab 🦊 Zoë suid=agt_1`), last?.text)
  })

  it("does not pass for taken where rsyslog does not know our certificate", async () => {
    await using carrier = toSyslog("json", selfSigned("a stranger"))
    assert.equal((await carry(carrier, [item(0)])).kind, "held")
  })

  function toSyslog(format: "json" | "cef", identity = ours): SinkCarrier {
    const settings = {
      host: "127.0.0.1",
      port: server.port,
      ca: server.identity.certificate,
      clientCertificate: identity.certificate,
      facility: 13,
      appName: "tabard",
      format,
    }
    return carrierOf({ kind: "syslog", settings, secrets: { clientKey: identity.key } }, carrierDeps())
  }
})

const HEADER = { priority: "110", host: "acme.example", app: "tabard", id: "agent.adopted" }

describe("carrying to the OpenTelemetry Collector", { skip: lacksTools("otelcol") }, () => {
  let collector: OtelCollector
  before(async () => {
    collector = await startCollector()
  })
  after(() => collector[Symbol.asyncDispose]())

  it("is read as log records with body, attributes and trace", async () => {
    const settings = { url: collector.url }
    await using carrier = carrierOf({ kind: "otlp", settings, secrets: {} }, carrierDeps())
    const portion = Array.from({ length: 200 }, (_, place) => item(place, callAt(place)))
    assert.deepEqual(await carry(carrier, portion), TAKEN)
    const records = await collector.taken(portion.length)
    assert.deepEqual(
      records.map((record) => /tabard\.key: Str\((.*)\)/.exec(record)?.[1]),
      portion.map(({ key }) => key),
    )
    const [first = ""] = records
    for (const line of [
      "Timestamp: 2026-11-01 11:00:00 +0000 UTC",
      "SeverityText: INFO",
      "EventName: call.decided",
      "tabard.place: Int(0)",
      "gen_ai.tool.name: Str(read_file)",
      "mcp.method.name: Str(tools/call)",
      `Trace ID: ${TRACE.traceId}`,
      `Span ID: ${TRACE.spanId}`,
    ])
      assert.ok(first.includes(line), `${line} in ${first}`)
    assert.ok(/^Body: Map\(.*"text":.*🦊 Zoë/m.test(first), first)
  })

  it("is held where it speaks at an address where no logs are taken", async () => {
    const settings = { url: collector.url.replace("/v1/logs", "/elsewhere") }
    await using carrier = carrierOf({ kind: "otlp", settings, secrets: {} }, carrierDeps())
    assert.equal((await carry(carrier, [item(0)])).kind, "held")
  })
})

describe("carrying in Splunk's way to a collector that others wrote", { skip: lacksTools("otelcol") }, () => {
  let collector: OtelCollector
  before(async () => {
    collector = await startCollector()
  })
  after(() => collector[Symbol.asyncDispose]())

  it("is taken once it is acknowledged, each event with its key and its time", async () => {
    await using carrier = toSplunk(true)
    const portion = Array.from({ length: 200 }, (_, place) => item(place, { body: { text: HOSTILE, place } }))
    assert.deepEqual(await carry(carrier, portion), TAKEN)
    const records = await collector.taken(portion.length)
    assert.deepEqual(
      records.map((record) => /tabard_key: Str\((.*)\)/.exec(record)?.[1]),
      portion.map(({ key }) => key),
    )
    const [first = ""] = records
    for (const line of ["Timestamp: 2026-11-01 11:00:00 +0000 UTC", "tabard_place: Str(0)", "🦊 Zoë"])
      assert.ok(first.includes(line), `${line} in ${first}`)
  })

  it("is taken without an acknowledgement where none is wanted", async () => {
    await using carrier = toSplunk(false)
    assert.equal((await carry(carrier, [item(900)])).kind, "taken")
  })

  function toSplunk(ack: boolean): SinkCarrier {
    const settings = { url: collector.splunkUrl, sourcetype: "tabard:audit", ack }
    return carrierOf({ kind: "splunk", settings, secrets: { token: "any" } }, carrierDeps())
  }
})

const TRACE = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7" }

function callAt(place: number): Parameters<typeof item>[1] {
  const event = { v: 1, type: "call.decided", action: "files/read_file", trace: TRACE, text: HOSTILE }
  return { type: "call.decided", body: { event, log: { place } } }
}

describe("carrying to a server of S3's protocol", { skip: lacksTools("moto_server") }, () => {
  let server: S3Server
  before(async () => {
    server = await startS3Server()
    await server.makeBucket("lake")
  })
  after(() => server[Symbol.asyncDispose]())

  it("is read back by another's Parquet reader, each class in its source, in the order of time", async () => {
    const entries = Array.from({ length: 60 }, (_, place) => entryAt(place))
    const portion = entries.map((entry) =>
      item(entry.place, {
        type: typeAt(entry.place),
        at: timeAt(entry.place),
        body: contentOf("ocsf-1.8.0", entry),
      }),
    )
    await using carrier = toBucket("lake")
    assert.deepEqual(await carry(carrier, portion), TAKEN)
    assert.deepEqual(await carry(carrier, portion), TAKEN)
    const lake = objectsOf("lake")
    const keys: string[] = []
    for await (const key of lake.list("")) keys.push(key)
    assert.equal(keys.length, 2, "what is carried again is the same objects")
    assert.ok(keys[0]?.startsWith(`${day("tabard-3004", "20261101")}/0000000000000001-0000000000000059-`))
    assert.ok(keys[1]?.startsWith(`${day("tabard-6003", "20261101")}/0000000000000000-0000000000000058-`))
    const rows = await rowsOf(lake, keys[1] ?? "")
    assert.equal(rows.length, 30)
    assert.deepEqual(
      rows.map(({ time }) => Number(time)),
      portion.filter(({ place }) => place % 2 === 0).map(({ at }) => at.getTime()),
    )
    const [first] = rows
    assert.equal(first?.["class_uid"], 6003n)
    assert.equal(Object(first?.["api"]).operation, "tools/call")
    assert.equal(Object(first?.["metadata"]).version, "1.8.0")
  })

  it("is held where the bucket is not there, or the key is another's", async () => {
    await using carrier = toBucket("nowhere")
    assert.equal((await carry(carrier, [item(0)])).kind, "held")
  })

  function toBucket(bucket: string): SinkCarrier {
    const key = { accessKeyId: "test", secretAccessKey: "test" }
    const sink: CarriedTo = {
      kind: "s3",
      settings: {
        bucket,
        prefix: "",
        region: "eu-central-1",
        endpoint: server.endpoint,
        pathStyle: true,
        account: "123456789012",
        sourceName: "tabard",
        everyMinutes: 5,
      },
      secrets: { key },
    }
    return carrierOf(sink, carrierDeps({ timeMs: 20_000 }))
  }

  function objectsOf(bucket: string): S3Objects {
    Object.assign(process.env, server.credentials)
    const { endpoint } = server
    return new S3Objects({
      bucket,
      prefix: "",
      region: "eu-central-1",
      endpoint,
      pathStyle: true,
      encryption: null,
    })
  }

  async function rowsOf(objects: S3Objects, key: string): Promise<readonly Record<string, unknown>[]> {
    const object = await objects.get(key)
    assert.ok(object)
    const compressors = { ZSTD: (bytes: Uint8Array) => new Uint8Array(zstdDecompressSync(bytes)) }
    return parquetReadObjects({ file: new Uint8Array(object.bytes).buffer, compressors })
  }
})

function day(source: string, eventDay: string): string {
  return `ext/${source}/region=eu-central-1/accountId=123456789012/eventDay=${eventDay}`
}

/** Calls at even places, and what became of agents at odd ones. */
function entryAt(place: number): LoggedEntry {
  const event = {
    v: 1,
    id: `evt_${place}`,
    t: timeAt(place).toISOString(),
    organisation: "org_1",
    type: typeAt(place),
    actor: { kind: "agent", id: "agt_1" },
    agent: "agt_1",
    action: "files/read_file",
    call: "cal_1",
    decision: { id: "dec_1", effect: "permit", code: "permitted", reasons: [HOSTILE], version: 1 },
  }
  return { place, origin: "audit.acme.example/acme/1", index: place, leaf: "AAAA", event }
}

function typeAt(place: number): string {
  return place % 2 === 0 ? "call.decided" : "agent.activated"
}

function timeAt(place: number): Date {
  return new Date(Date.UTC(2026, 10, 1, 9, 0, place))
}
