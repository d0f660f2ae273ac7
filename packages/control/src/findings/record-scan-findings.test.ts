import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Finding } from "@tabard/core"
import type { ScanReport, SeenFinding } from "@tabard/scan"
import { recordScan } from "../discovery/record-scan.ts"
import { dismissAgent, reopenAgent } from "../lifecycle/stop-agent.ts"
import { type ControlWorld, DAY, HOUR, openControlWorld } from "../testing/control-world.ts"
import { acceptFinding } from "./accept-finding.ts"
import { MCP, plaintext, seenAgent, seenReport } from "./testing/seen-report.ts"

describe("what a scan finds", () => {
  it("is opened once, about the inventory's own thing, and told in the record without the message", async () => {
    await using world = await openControlWorld()
    await scanned(world, [plaintext()])
    const finding = await only(world)
    assert.deepEqual(
      { ...finding, id: null, subject: finding.subject.slice(0, 4) },
      {
        id: null,
        rule: "plaintext-credential",
        subject: "crd_",
        severity: "high",
        message: "A credential stands in plain text in a file.",
        evidence: [{ path: MCP, line: 7, what: "credential in plain text" }],
        standing: { kind: "open" },
        openedAt: world.clock.now(),
        lastSeenAt: world.clock.now(),
        reopened: 0,
      },
    )
    const [told] = (await world.events("finding.opened")).filter(
      ({ resource }) => resource === finding.subject,
    )
    assert.deepEqual(told?.["data"], {
      finding: finding.id,
      rule: finding.rule,
      severity: "high",
      source: "laptop",
    })
  })

  it("changes nothing but when it was last seen, where the next scan finds the same", async () => {
    await using world = await openControlWorld()
    await scanned(world, [plaintext()])
    const before = await only(world)
    const told = await world.events()
    world.clock.advance(DAY)
    await scanned(world, [plaintext()])
    assert.deepEqual(await only(world), { ...before, lastSeenAt: world.clock.now() })
    const again = (await world.events()).slice(told.length).map(({ type }) => type)
    assert.deepEqual(again, ["scan.finished"])
  })

  it("is resolved once its place was read and it is no longer there, and opens again under its own id", async () => {
    await using world = await openControlWorld()
    await scanned(world, [plaintext()])
    const { id } = await only(world)
    await scanned(world, [])
    assert.equal((await only(world)).standing.kind, "resolved")
    assert.equal((await told(world, "finding.resolved")).length, 1)
    await scanned(world, [])
    assert.equal((await told(world, "finding.resolved")).length, 1)

    await scanned(world, [plaintext({ message: "It is back." })])
    const back = await only(world)
    assert.deepEqual(
      [back.id, back.standing.kind, back.reopened, back.message],
      [id, "open", 1, "It is back."],
    )
    assert.deepEqual((await told(world, "finding.reopened"))[0]?.["data"], {
      finding: id,
      rule: "plaintext-credential",
      severity: "high",
      why: "it is there again",
      source: "laptop",
    })
  })

  it("is not resolved by a scan that could not read its place, or looked elsewhere", async () => {
    await using world = await openControlWorld()
    await scanned(world, [plaintext()])
    const unreadable = [{ path: "/home/ann/.cursor", reason: "permission denied" }]
    await scanned(world, [], { unreadable })
    await scanned(world, [], { roots: ["/home/ann/work"], agents: [], credentials: [], mcpServers: [] })
    assert.equal((await only(world)).standing.kind, "open")
  })

  it("is resolved with the thing itself, where its places were read and it is gone", async () => {
    await using world = await openControlWorld()
    const free = plaintext({
      rule: "unrestricted-autonomy",
      subject: "agent-1",
      evidence: [{ path: "default of Cursor", line: null, what: "it asks nobody" }],
    })
    await scanned(world, [free])
    await scanned(world, [], { agents: [], unreadable: [{ path: MCP, reason: "permission denied" }] })
    assert.equal((await only(world, "unrestricted-autonomy")).standing.kind, "open")
    await scanned(world, [], { agents: [] })
    assert.equal((await only(world, "unrestricted-autonomy")).standing.kind, "resolved")
  })

  it("is not changed by a report that was overtaken on its way", async () => {
    await using world = await openControlWorld()
    await scanned(world, [plaintext()], { finishedAt: "2026-11-01T12:30:00.000Z" })
    await scanned(world, [], { finishedAt: "2026-11-01T12:20:00.000Z" })
    assert.equal((await only(world)).standing.kind, "open")
    await scanned(world, [], { finishedAt: "2026-11-01T12:40:00.000Z" })
    assert.equal((await only(world)).standing.kind, "resolved")
  })

  it("stands while any reporter says so, as grave as the gravest of them", async () => {
    await using world = await openControlWorld()
    await scanned(world, [plaintext({ severity: "medium" })], {}, "one")
    await scanned(world, [plaintext({ severity: "critical" })], {}, "two")
    assert.equal((await only(world)).severity, "critical")
    await scanned(world, [], {}, "two")
    const left = await only(world)
    assert.deepEqual([left.severity, left.standing.kind], ["medium", "open"])
    await scanned(world, [], {}, "one")
    assert.equal((await only(world)).standing.kind, "resolved")
  })

  it("is nobody's word where no rule of ours is named, or nothing that was seen", async () => {
    await using world = await openControlWorld()
    await scanned(world, [plaintext({ rule: "made-up" }), plaintext({ subject: "agt_unseen" })])
    assert.deepEqual(await findings(world, "made-up"), [])
    assert.deepEqual(await findings(world, "plaintext-credential"), [])
  })

  it("is kept in bounded size, however long a report makes it", async () => {
    await using world = await openControlWorld()
    const evidence = Array.from({ length: 500 }, () => ({ path: MCP, line: 1, what: "x".repeat(5_000) }))
    await scanned(world, [plaintext({ message: "y".repeat(50_000), evidence })])
    const kept = await only(world)
    assert.deepEqual(
      [kept.message.length, kept.evidence.length, kept.evidence[0]?.what.length],
      [1_000, 20, 1_000],
    )
  })

  it("opens again what a person accepted, once it is graver than what they accepted", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    await scanned(world, [plaintext({ severity: "medium" })])
    const until = new Date(world.clock.now().getTime() + 30 * DAY)
    await acceptFinding(world, admin, { finding: (await only(world)).id, reason: "a test key", until })
    await scanned(world, [plaintext({ severity: "low", message: "It matters less." })])
    assert.equal((await only(world)).standing.kind, "accepted")
    await scanned(world, [plaintext({ severity: "critical" })])
    assert.deepEqual((await only(world)).standing, { kind: "open" })
  })

  it("falls silent with an agent that was dismissed, and speaks again with it", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const free = plaintext({ rule: "unrestricted-autonomy", subject: "agent-1" })
    const { discovered } = await scanned(world, [free])
    const [agent = assert.fail()] = discovered
    await dismissAgent(world, admin, { agent, reason: "no agent" })
    assert.equal((await only(world, "unrestricted-autonomy")).standing.kind, "resolved")
    await scanned(world, [free])
    assert.equal((await only(world, "unrestricted-autonomy")).standing.kind, "resolved")
    await reopenAgent(world, admin, { agent, reason: "it is one" })
    assert.equal((await only(world, "unrestricted-autonomy")).standing.kind, "open")
  })

  it("is one finding, where many reporters say it at once", async () => {
    await using world = await openControlWorld()
    await scanned(world, [])
    await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        recordScan(world, { name: `r${n}`, machine: "laptop" }, seenReport({ findings: [plaintext()] })),
      ),
    )
    assert.equal((await findings(world, "plaintext-credential")).length, 1)
    const opened = (await told(world, "finding.opened")).filter(isPlaintext)
    assert.equal(opened.length, 1)
  })
})

function scanned(
  world: ControlWorld,
  found: readonly SeenFinding[],
  differs: Partial<ScanReport> = {},
  reporter = "laptop",
): ReturnType<typeof recordScan> {
  world.clock.advance(HOUR)
  return recordScan(
    world,
    { name: reporter, machine: "laptop" },
    seenReport({ agents: [seenAgent()], findings: found, ...differs }),
  )
}

async function only(world: ControlWorld, rule = "plaintext-credential"): Promise<Finding> {
  const [finding, ...more] = await findings(world, rule)
  assert.deepEqual(more, [])
  return finding ?? assert.fail(`no finding of ${rule}`)
}

function findings(world: ControlWorld, rule: string): Promise<readonly Finding[]> {
  return world.snapshot((tx) => tx.findings.list({ now: world.clock.now(), rule, limit: 100 }))
}

async function told(world: ControlWorld, type: string): ReturnType<ControlWorld["events"]> {
  return world.events(type)
}

function isPlaintext({ data }: Record<string, unknown>): boolean {
  return typeof data === "object" && data !== null && "rule" in data && data.rule === "plaintext-credential"
}
