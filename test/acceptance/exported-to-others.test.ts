import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import type { SinkInput } from "@tabard/api"
import { S3Objects } from "../../packages/server/src/record/s3/s3-objects.ts"
import { selfSigned } from "../../packages/server/src/sinks/carriers/testing/self-signed.ts"
import { startCollector } from "../world/otel-collector.ts"
import { lacksTools } from "../world/outside-tool.ts"
import { startRsyslog } from "../world/rsyslog-server.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"
import { startS3Server } from "../world/s3-server.ts"
import { until } from "../world/until.ts"

const WISH = { content: "own", choice: { kind: "all" }, checkpoints: true, from: "beginning" } as const

describe("the record of a running Tabard, exported to software that others wrote", () => {
  let tabard: RunningTabard
  let ada: SignedInPerson
  before(async () => {
    tabard = await runTabard()
    ada = await signInFirst(tabard.server, "Ada")
  })
  after(async () => {
    assert.deepEqual(tabard.faults, [])
    await tabard[Symbol.asyncDispose]()
  })

  it("reaches rsyslog whole and in its order, with a checkpoint behind it", {
    skip: lacksTools("rsyslogd"),
  }, async () => {
    const ours = selfSigned("tabard.acme.example")
    await using server = await startRsyslog(ours)
    const settings = {
      host: "127.0.0.1",
      port: server.port,
      ca: server.identity.certificate,
      clientCertificate: ours.certificate,
      facility: 13,
      appName: "tabard",
      format: "json",
    } as const
    await makeSink({
      name: "syslog",
      receiver: { kind: "syslog", settings, secrets: { clientKey: ours.key } },
    })
    const messages = await until(async () => {
      const all = await server.taken(1)
      return ["log.checkpoint", "sink.made"].every((type) => all.some(({ id }) => id === type)) && all
    })
    const bodies = messages.map(({ text }) => JSON.parse(text.replace("\uFEFF", "").trim()))
    const places = bodies.flatMap(({ log }) => (log ? [log.place] : []))
    assert.deepEqual(
      places,
      places.map((_, place) => place),
    )
    const { checkpoint } = bodies.find((body) => body.checkpoint)
    assert.ok(checkpoint.size <= places.length)
    assert.match(checkpoint.note, /^audit\..*\n\d+\n.*\n\n— /)
    assert.ok(!JSON.stringify(messages).includes(ours.key.slice(40, 100)))
  })

  it("reaches the OpenTelemetry Collector, also what happens later", {
    skip: lacksTools("otelcol"),
  }, async () => {
    await using collector = await startCollector()
    const receiver = { kind: "otlp", settings: { url: collector.url } } as const
    await makeSink({ name: "otel", receiver, checkpoints: false, content: "ecs" })
    await ada.api.makeTeam({ name: "Platform" })
    const records = await until(async () => {
      const all = await collector.taken(1)
      return all.some((record) => record.includes("EventName: team.made")) && all
    })
    const places = records.map((record) => Number(/tabard\.place: Int\((\d+)\)/.exec(record)?.[1]))
    assert.deepEqual(
      places,
      places.map((_, place) => place),
    )
  })

  it("reaches a bucket, once somebody tries it out", { skip: lacksTools("moto_server") }, async () => {
    await using server = await startS3Server()
    await server.makeBucket("lake")
    Object.assign(process.env, server.credentials)
    const { endpoint } = server
    const region = "eu-central-1"
    const settings = {
      bucket: "lake",
      prefix: "",
      region,
      endpoint,
      pathStyle: true,
      account: "123456789012",
      sourceName: "tabard",
      everyMinutes: 5,
    }
    const key = { accessKeyId: "test", secretAccessKey: "test" }
    const sink = await makeSink({
      name: "lake",
      receiver: { kind: "s3", settings, secrets: { key } },
      content: "ocsf-1.8.0",
    })
    assert.deepEqual(await ada.api.testSink({ id: sink }), { taken: true, said: null })
    const objects = new S3Objects({
      bucket: "lake",
      prefix: "",
      region,
      endpoint,
      pathStyle: true,
      encryption: null,
    })
    const keys: string[] = []
    for await (const name of objects.list("ext/")) keys.push(name)
    assert.equal(keys.length, 1)
    assert.match(
      keys[0] ?? "",
      /^ext\/tabard-\d{4}\/region=eu-central-1\/accountId=123456789012\/eventDay=\d{8}\//,
    )
  })

  async function makeSink(wish: Pick<SinkInput, "name" | "receiver"> & Partial<SinkInput>): Promise<string> {
    const { id } = await ada.api.makeSink({ ...WISH, ...wish })
    return id
  }
})
