import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId, type Reporter, type Role } from "@tabard/core"
import type { ScanReport, SeenAgent } from "@tabard/scan"
import { type ControlWorld, DAY, HOUR, openControlWorld, twentyAtOnce } from "../testing/control-world.ts"
import { enrolmentCodeHash } from "../tokens/enrolment-code.ts"
import { admitReport, requireReporter } from "./admit-report.ts"
import { enrolReporter } from "./enrol-reporter.ts"
import { offerReporterEnrolment } from "./offer-reporter-enrolment.ts"
import { CHANGES_A_REPORT, REPORT_QUOTA, recordReport, refuseReport } from "./record-report.ts"
import { revokeReporter } from "./revoke-reporter.ts"

describe("enrolling a reporter", () => {
  it("is offered by those who look after every agent, and by nobody else", async () => {
    await using world = await openControlWorld()
    for (const role of ["administrator", "security"] as const) assert.ok(await offered(world, role))
    for (const role of ["auditor", "member"] as const)
      await assert.rejects(offered(world, role), { code: "not_allowed" })
    assert.equal((await world.events("reporter.offered")).length, 2)
  })

  it("keeps the code nowhere, and nothing of it in the record", async () => {
    await using world = await openControlWorld()
    const code = await offered(world)
    await enrolled(world, code)
    assert.ok(!JSON.stringify(await world.events()).includes(code))
  })

  it("works once and for an hour: an old, a used and a made-up code are refused alike, and leave no event", async () => {
    await using world = await openControlWorld()
    const [used, old] = [await offered(world), await offered(world)]
    await enrolled(world, used)
    world.clock.advance(HOUR)
    const before = (await world.events()).length
    for (const code of [used, old, "made up"])
      await assert.rejects(enrolled(world, code, `print of ${code}`), { code: "enrolment_invalid" })
    assert.equal((await world.events()).length, before)
  })

  it("gives one code to one of many machines, and one key to one reporter", async () => {
    await using world = await openControlWorld()
    const code = await offered(world)
    const answers = await twentyAtOnce((n) => enrolled(world, code, `print ${n}`))
    assert.equal(answers.filter((one) => one === "enrolment_invalid").length, 19)
    const [kept] = await world.snapshot(({ reporters }) => reporters.list({ limit: 10 }))
    const again = await offered(world)
    await assert.rejects(enrolled(world, again, kept?.thumbprint), { code: "key_already_enrolled" })
    await enrolled(world, again, "another key: the code is not spent by a refusal")
  })

  it("is undone by revoking, at once and for ever", async () => {
    await using world = await openControlWorld()
    const reporter = await enrolled(world, await offered(world))
    const ann = await world.person("security")
    await assert.rejects(revoke(world, await world.person("member"), reporter), { code: "not_allowed" })
    assert.equal((await requireReporter(world, reporter.thumbprint)).id, reporter.id)
    await revoke(world, ann, reporter)
    await assert.rejects(requireReporter(world, reporter.thumbprint), { code: "reporter_unknown" })
    await assert.rejects(admitReport(world, reporter), { code: "reporter_unknown" })
    await assert.rejects(revoke(world, ann, reporter), { code: "reporter_not_found" })
    await assert.rejects(revoke(world, ann, { id: "nonsense" }), { code: "reporter_not_found" })
    const [event] = await world.events("reporter.revoked")
    assert.deepEqual(event?.["data"], { reporter: reporter.id, name: "build-7", reason: "sold" })
  })
})

describe("a reporter's turn", () => {
  it("is one at a time, six after a rest, and one every five minutes from then on", async () => {
    await using world = await openControlWorld()
    const reporter = await enrolled(world, await offered(world))
    const send = async (): Promise<unknown> => {
      await admitReport(world, reporter)
      await assert.rejects(admitReport(world, reporter), { code: "too_many_requests" })
      return recordReport(world, reporter, reportOf([]))
    }
    for (let n = 0; n < 6; n++) await send()
    const inFiveMinutes = new Date(world.clock.now().getTime() + 5 * 60_000)
    await assert.rejects(admitReport(world, reporter), { code: "too_many_requests", after: inFiveMinutes })
    world.clock.advance(5 * 60_000)
    await send()
    await assert.rejects(admitReport(world, reporter), { code: "too_many_requests" })
  })

  it("comes later the more things come and go, and as soon as ever where the same is seen again", async () => {
    await using world = await openControlWorld()
    const reporter = await enrolled(world, await offered(world))
    const many = Array.from({ length: CHANGES_A_REPORT }, (_, n) => sawAgent(`agent ${n}`))
    const send = async (agents: readonly SeenAgent[]): Promise<unknown> => {
      world.clock.advance(1)
      await admitReport(world, reporter)
      return recordReport(world, reporter, { ...reportOf(agents), finishedAt: "2099-01-01T00:00:00.000Z" })
    }
    for (const agents of [many, [], many]) await send(agents)
    await assert.rejects(send([]), { code: "too_many_requests" })
    world.clock.advance(HOUR)
    for (let n = 0; n < 6; n++) await send(many)
    await assert.rejects(send(many), { code: "too_many_requests" })
  })

  it("comes back after its process was killed in the middle", async () => {
    await using world = await openControlWorld()
    const reporter = await enrolled(world, await offered(world))
    await admitReport(world, reporter)
    world.clock.advance(2 * 60_000 - 1)
    await assert.rejects(admitReport(world, reporter), { code: "too_many_requests" })
    world.clock.advance(1)
    await admitReport(world, reporter)
  })

  it("tells of refusals in the record once an hour, and counts them all", async () => {
    await using world = await openControlWorld()
    const reporter = await enrolled(world, await offered(world))
    for (let n = 0; n < 5; n++) await refuseReport(world, reporter, "report_invalid")
    world.clock.advance(HOUR + 1)
    await refuseReport(world, reporter, "body_too_large")
    const told = await world.events("report.refused")
    assert.deepEqual(
      told.map(({ outcome }) => outcome),
      ["report_invalid", "body_too_large"],
    )
    const [kept] = await world.snapshot(({ reporters }) => reporters.list({ limit: 1 }))
    assert.deepEqual([kept?.refused, kept?.lastRefusal?.why], [6, "body_too_large"])
  })
})

describe("a report that is taken", () => {
  it("changes nothing the second time but the time of sight", async () => {
    await using world = await openControlWorld()
    const reporter = await enrolled(world, await offered(world))
    const report = reportOf([sawAgent("a"), sawAgent("b")])
    assert.equal((await recordReport(world, reporter, report)).discovered.length, 2)
    world.clock.advance(DAY)
    assert.equal((await recordReport(world, reporter, report)).discovered.length, 0)
    assert.equal((await world.events("agent.discovered")).length, 2)
    const [finished] = await world.events("scan.finished")
    assert.deepEqual(finished?.["actor"], { kind: "system", id: reporter.id })
  })

  it("is refused where its reporter would have seen more than a machine can have, and nothing of it is kept", async () => {
    await using world = await openControlWorld()
    const reporter = await enrolled(world, await offered(world))
    const scan = newId("scan", world.clock)
    const times = { firstSeen: world.clock.now(), lastSeen: world.clock.now() }
    const filling = Array.from({ length: REPORT_QUOTA.agent }, (_, n) => ({
      reporter: reporter.id,
      machine: null,
      kind: "agent" as const,
      key: `key ${n}`,
      subject: newId("agent", world.clock),
      scan,
      body: {},
      digest: "",
      vanishedAt: null,
      ...times,
    }))
    await world.transact(({ observations }) => observations.put(filling))
    const full = recordReport(world, reporter, reportOf([sawAgent("one too many")]))
    await assert.rejects(full, { code: "report_invalid", message: /more than 20000 agents/ })
    assert.deepEqual(await world.events("scan.finished"), [])
    await recordReport(world, reporter, reportOf([sawAgent("key 7")]))
  })
})

async function offered(world: ControlWorld, role: Role = "security"): Promise<string> {
  const by = await world.person(role)
  return (await offerReporterEnrolment(world, by, "build-7")).code
}

function enrolled(world: ControlWorld, code: string, thumbprint = "print"): Promise<Reporter> {
  const jwk = { kty: "EC", crv: "P-256", x: "x", y: "y" } as const
  return enrolReporter(world, { codeHash: enrolmentCodeHash(code), jwk, thumbprint })
}

function revoke(
  world: ControlWorld,
  by: Parameters<typeof revokeReporter>[1],
  { id }: { readonly id: string },
): Promise<void> {
  return revokeReporter(world, by, { reporter: id, reason: "sold" })
}

function sawAgent(key: string): SeenAgent {
  return {
    key,
    name: "Cursor",
    category: "local",
    client: "cursor",
    framework: null,
    locations: [{ path: `/home/ann/${key}`, line: null }],
    autonomy: { level: "partial", effective: [] },
    mcpServers: [],
    credentials: [],
    confidence: "high",
    evidence: [],
  }
}

function reportOf(agents: readonly SeenAgent[]): ScanReport {
  const at = "2026-11-01T11:59:00.000Z"
  const knowledge = { version: "1", date: "2026-11-01" }
  return {
    schema: "tabard.scan/1",
    startedAt: at,
    finishedAt: at,
    host: "build-7",
    roots: ["/home/ann"],
    agents,
    mcpServers: [],
    credentials: [],
    findings: [],
    unreadable: [],
    coverage: { clientsKnown: 1, clientsChecked: 1, filesRead: 1, filesSkipped: 0, knowledge },
  }
}
