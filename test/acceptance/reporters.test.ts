import assert from "node:assert/strict"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, it } from "node:test"
import type { AgentSummary } from "@tabard/api"
import { isId, Secret, systemClock } from "@tabard/core"
import { type ScanReport, scan, silentReporter } from "@tabard/scan"
import { postgresMissing, startPostgresCluster } from "@tabard/store/testing"
import { type Machine, makeMachine } from "../world/machine.ts"
import {
  makeReporter,
  reportOf,
  sawAgent,
  sawCredential,
  sawServer,
  type TestReporter,
} from "../world/reporter.ts"
import {
  type RunningTabard,
  runTabard,
  type SignedInPerson,
  signInFirst,
  type TabardOptions,
} from "../world/running-tabard.ts"
import { until } from "../world/until.ts"

describe("a machine that pushes what it scans", () => {
  it("enrols by a one-time code, and what it pushes is in the inventory when it is answered", async () => {
    await using world = await openWorld()
    await using machine = await makeMachine()
    const reporter = await world.reporter("build-7")
    const answer = await reporter.push(await scanOf(machine, reporter))
    assert.equal(answer.status, 200)
    const { scan: id, discovered }: { scan: string; discovered: number } = JSON.parse(await answer.text())
    assert.equal((await world.agents()).length, discovered)
    assert.ok(discovered >= 4)
    const { items: scans } = await world.ann.api.listScans({})
    assert.deepEqual(
      scans.map((one) => [one.id, one.reporter, one.roots]),
      [[id, reporter.id, [machine.root]]],
    )
    const [seen] = (await world.ann.api.listReporters({})).items
    assert.deepEqual([seen?.name, seen?.reports, seen?.lastReport?.agents], ["build-7", 1, discovered])
    assert.equal(seen?.enrolledBy, "Ann")
  })

  it("changes nothing where it pushes the same again but the time of sight", async () => {
    await using world = await openWorld()
    await using machine = await makeMachine()
    const reporter = await world.reporter("build-7")
    const report = await scanOf(machine, reporter)
    await taken(reporter, report)
    const before = await world.agents()
    const again = await taken(reporter, report)
    assert.equal(again.discovered, 0)
    const timeless = (rows: readonly AgentSummary[]): unknown =>
      rows.map((row) => ({ ...row, lastSeen: null }))
    assert.deepEqual(timeless(await world.agents()), timeless(before))
    const types = (await world.ann.api.listEvents({ type: "agent.discovered" })).items
    assert.equal(types.length, before.length)
  })

  it("makes the same fingerprints as the server's own scans", async () => {
    await using machine = await makeMachine()
    await using world = await openWorld({ scan: [machine.root] })
    await world.tabard.server.scans.settled()
    const reporter = await world.reporter("build-7")
    await taken(reporter, await scanOf(machine, reporter))
    const prints = await world.tabard.server.organisation.shelf.snapshot(async ({ observations }) =>
      (await observations.listCredentials({ limit: 100 })).map(({ fingerprint }) => fingerprint),
    )
    assert.equal(prints.length, 2)
    assert.equal(new Set(prints).size, 1)
    assert.match(prints[0] ?? "", /^[0-9a-f]{64}$/)
  })
})

describe("who is not let push", () => {
  it("is whoever has no key that was enrolled, or a code that was used, or none", async () => {
    await using world = await openWorld()
    await using other = await openWorld()
    const stranger = await other.reporter("elsewhere")
    const body = JSON.stringify(reportOf([sawAgent("one", "Cursor")]))
    const url = `${world.tabard.server.publicUrl}/api/v1/reports`
    const proof = await stranger.proof(body, { htu: url })
    const headers = { "content-type": "application/json" }
    const tries = [
      { ...headers, authorization: `Tabard-Report ${proof}` },
      { ...headers, authorization: "Tabard-Report a.b.c" },
      { ...headers, authorization: "Bearer x" },
      headers,
    ]
    for (const each of tries) {
      const answer = await fetch(url, { method: "POST", headers: each, body })
      assert.equal(await refusal(answer), "401 reporter_unknown")
    }
    assert.deepEqual(await world.agents(), [])
  })

  it("is whoever replays a request, changes its body, or sends it to another address or time", async () => {
    await using world = await openWorld()
    const reporter = await world.reporter("build-7")
    const body = JSON.stringify(reportOf([sawAgent("one", "Cursor")]))
    const proof = await reporter.proof(body)
    assert.equal((await reporter.push(body, { proof })).status, 200)
    assert.equal(await refusal(await reporter.push(body, { proof })), "401 reporter_unknown")
    const other = JSON.stringify(reportOf([sawAgent("two", "Mallory")]))
    const tampered = await reporter.push(other, { proof: await reporter.proof(body) })
    assert.equal(await refusal(tampered), "401 reporter_unknown")
    const elsewhere = world.tabard.server.publicUrl.replace("127.0.0.1", "localhost")
    const now = Math.floor(Date.now() / 1000)
    for (const claims of [
      { htu: `${elsewhere}/api/v1/reports` },
      { htm: "PUT" },
      { iat: now - 3600 },
      { iat: now + 3600 },
      { jti: "" },
      { digest: "" },
    ]) {
      assert.equal(await refusal(await reporter.push(body, { claims })), "401 reporter_unknown")
    }
    assert.deepEqual(await world.names(), ["Cursor"])
  })

  it("takes one of many who present one proof at once", async () => {
    await using world = await openWorld()
    const reporter = await world.reporter("build-7")
    const body = JSON.stringify(reportOf([sawAgent("one", "Cursor")]))
    const proof = await reporter.proof(body)
    const answers = await Promise.all(Array.from({ length: 8 }, () => reporter.push(body, { proof })))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  })

  it("is a reporter that was revoked, from the next request on; what it saw stays", async () => {
    await using world = await openWorld()
    const reporter = await world.reporter("build-7")
    await taken(reporter, reportOf([sawAgent("one", "Cursor")]))
    await world.ann.api.revokeReporter({ id: reporter.id, reason: "sold" })
    const answer = await reporter.push(reportOf([sawAgent("two", "Zed")]))
    assert.equal(await refusal(answer), "401 reporter_unknown")
    const [row, ...more] = await world.agents()
    assert.deepEqual([row?.name, more], ["Cursor", []])
    const { seen: sightings } = await world.ann.api.getAgent({ id: row?.id ?? "" })
    assert.deepEqual(
      sightings.map(({ reporterName, reporterRevoked }) => [reporterName, reporterRevoked]),
      [["build-7", true]],
    )
    const [seen] = (await world.ann.api.listReporters({})).items
    assert.ok(seen?.revokedAt)
    await assert.rejects(world.ann.api.revokeReporter({ id: reporter.id, reason: "again" }), {
      code: "reporter_not_found",
    })
  })

  it("hears why, also where the report is large and still on its way", async () => {
    await using world = await openWorld()
    const reporter = await world.reporter("build-7")
    await world.ann.api.revokeReporter({ id: reporter.id, reason: "sold" })
    const large = `"${"x".repeat(15 * 1024 * 1024)}"`
    assert.equal(await refusal(await reporter.push(large)), "401 reporter_unknown")
  })

  it("is told when to come back where it sends too often, and others are not held up by it", async () => {
    await using world = await openWorld()
    const [flooding, other] = [await world.reporter("noisy"), await world.reporter("quiet")]
    const answers = []
    for (let n = 0; n < 8; n++) answers.push(await flooding.push(reportOf([sawAgent("one", "Cursor")])))
    const last = answers.at(-1) ?? assert.fail()
    assert.equal(answers.filter(({ status }) => status === 200).length, 6)
    assert.equal(await refusal(last), "429 too_many_requests")
    const seconds = Number(last.headers.get("retry-after"))
    assert.ok(seconds > 200 && seconds <= 300, String(seconds))
    assert.equal((await other.push(reportOf([sawAgent("two", "Zed")]))).status, 200)
  })
})

describe("a report that is on its way", () => {
  it("holds up no third reporter for long, and nobody once its sender has hung up", async () => {
    await using world = await openWorld()
    const [one, two, three] = [
      await world.reporter("a"),
      await world.reporter("b"),
      await world.reporter("c"),
    ]
    const begun = [await one.begin(reportOf([])), await two.begin(reportOf([]))]
    for (const each of [one, two]) await until(() => hasTurn(world, each))
    const busy = await three.push(reportOf([]))
    assert.equal(await refusal(busy), "429 too_many_requests")
    assert.equal(busy.headers.get("retry-after"), "15")
    for (const each of begun) each.hangUp()
    for (const each of [one, two]) await until(async () => (await each.push(reportOf([]))).status === 200)
    await taken(three, reportOf([sawAgent("one", "Cursor")]))
    assert.deepEqual(await world.names(), ["Cursor"])
  })

  it("is refused where its reporter is revoked before the last byte has come", async () => {
    await using world = await openWorld()
    const reporter = await world.reporter("build-7")
    const begun = await reporter.begin(reportOf([sawAgent("one", "Cursor")]))
    await until(() => hasTurn(world, reporter))
    await world.ann.api.revokeReporter({ id: reporter.id, reason: "stolen" })
    assert.equal(await begun.finish(), 401)
    assert.deepEqual(await world.names(), [])
  })
})

describe("what is not believed of a report", () => {
  it("is that it speaks of what another reporter saw: under the same keys it changes nothing of it", async () => {
    await using world = await openWorld()
    const [honest, hostile] = [await world.reporter("build-7"), await world.reporter("mallory")]
    const uses = { mcpServers: ["srv"], credentials: ["crd"] }
    const seen = { mcpServers: [sawServer("srv", "github")], credentials: [sawCredential("crd")] }
    await taken(honest, reportOf([sawAgent("one", "Cursor", uses)], seen))
    const before = await wordOf(world, honest)

    const lies = {
      ...uses,
      autonomy: { level: "unrestricted", effective: [] },
      category: "chatbot",
      locations: [{ path: "/nowhere", line: null }],
    } as const
    const lying = {
      host: "build-7",
      mcpServers: [sawServer("srv", "harmless", { url: "http://evil.test" })],
      // Who holds the same secret has its fingerprint too: that two hold it is then true, and a finding of both.
      credentials: [sawCredential("crd", { storedAs: "plaintext", kind: "password", fingerprint: null })],
    }
    for (const key of ["one", `${honest.id}/one`, before.agents[0]?.id ?? ""]) {
      await taken(hostile, reportOf([sawAgent(key, "Harmless", lies)], lying))
    }
    // That it sees nothing in the same place marks nothing of another's as gone.
    await taken(hostile, reportOf([]))
    assert.deepEqual(await wordOf(world, honest), before)
  })

  it("is anything that is not tabard.scan/1 or goes past a bound, and the refusal names the place", async () => {
    await using world = await openWorld()
    const agent = sawAgent("one", "Cursor")
    const wrong: readonly [unknown, RegExp][] = [
      [{ ...reportOf([agent]), extra: 1 }, /extra/],
      [reportOf([{ ...agent, autonomy: { level: "sentient", effective: [] } } as never]), /autonomy\.level/],
      [reportOf([agent, agent]), /agents\[1\]\.key stands in the report twice/],
      [reportOf([{ ...agent, credentials: ["nobody's"] }]), /agents\[0\]\.credentials names what/],
      [reportOf([{ ...agent, name: "n".repeat(70_000) }]), /agents\[0\]\.name/],
      [reportOf([], { roots: Array.from({ length: 101 }, () => "/") }), /roots/],
    ]
    for (const [report, words] of wrong) {
      const reporter = await world.reporter("odd")
      const answer = await reporter.push(report)
      const problem: { code: string; detail: string } = JSON.parse(await answer.text())
      assert.equal(problem.code, "report_invalid")
      assert.match(problem.detail, words)
    }
    const reporter = await world.reporter("odd")
    assert.equal(await refusal(await reporter.push("not JSON")), "422 report_invalid")
    const packed = await reporter.push("{}", { headers: { "content-encoding": "gzip" } })
    assert.equal(await refusal(packed), "422 report_invalid")
    const big = await reporter.push(`"${"x".repeat(16 * 1024 * 1024)}"`)
    assert.equal(await refusal(big), "413 body_too_large")
    assert.deepEqual(await world.agents(), [])
    const seen = (await world.ann.api.listReporters({})).items.find(({ id }) => id === reporter.id)
    assert.deepEqual([seen?.refused, seen?.lastRefusal?.why], [3, "body_too_large"])
    const told = (await world.ann.api.listEvents({ type: "report.refused" })).items
    assert.equal(told.length, wrong.length + 1, "once for each reporter, however often it is refused")
  })

  it("is its clock, and the characters that would steer a screen", async () => {
    await using world = await openWorld()
    const reporter = await world.reporter("odd")
    const future = "2999-01-01T00:00:00.000Z"
    const agent = sawAgent("one", "Cur\u001b[31msor\u202e")
    await taken(reporter, reportOf([agent], { startedAt: future, finishedAt: future }))
    const [scanned] = (await world.ann.api.listScans({})).items
    assert.ok(new Date(scanned?.finishedAt ?? "") <= new Date())
    assert.deepEqual(await world.names(), ["Cur [31msor "])
  })

  it("is a secret: it is taken out before anything is kept, and in no file, answer or log afterwards", async () => {
    await using world = await openWorld()
    const reporter = await world.reporter("leaky")
    const leaking = sawServer("srv", `github ${SECRET}`, { args: ["--token", SECRET], url: `x?k=${SECRET}` })
    const agent = sawAgent(`a ${SECRET}`, SECRET, {
      mcpServers: ["srv"],
      evidence: [{ path: `/home/${SECRET}`, line: 1, what: SECRET }],
    })
    const { scrubbed } = await taken(reporter, reportOf([agent], { mcpServers: [leaking], roots: [SECRET] }))
    assert.ok(scrubbed >= 6)
    await world.tabard.server.publish()
    const [row] = await world.agents()
    const told = [
      await world.ann.api.getAgent({ id: row?.id ?? "" }),
      await world.ann.api.listScans({}),
      await world.ann.api.listEvents({}),
    ]
    assert.ok(!JSON.stringify(told).includes(SECRET))
    for (const file of await filesBelow(world.tabard.data)) {
      assert.ok(!file.includes(SECRET))
      assert.ok(!file.includes(reporter.fingerprintKey), "the organisation's key is sealed")
    }
  })
})

/** Of a known shape, as a scan would have taken it out. */
const SECRET = ["ghp", "R3aLLyS3cr3tCanaryT0kenF0rT3sts42424"].join("_")

describe("machines that push to a server over PostgreSQL", { skip: postgresMissing() }, () => {
  it("are told apart, taken once for each proof, and strangers once they are revoked", async () => {
    await using cluster = await startPostgresCluster()
    await using world = await openWorld({ store: await cluster.createDatabase() })
    const [one, other] = [await world.reporter("build-7"), await world.reporter("mallory")]
    const body = JSON.stringify(reportOf([sawAgent("one", "Cursor")]))
    const proof = await one.proof(body)
    const answers = await Promise.all(Array.from({ length: 8 }, () => one.push(body, { proof })))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    await taken(other, reportOf([sawAgent("one", "Harmless")]))
    assert.deepEqual((await world.names()).toSorted(), ["Cursor", "Harmless"])
    const turns = await Promise.all(Array.from({ length: 8 }, () => one.push(body)))
    const admitted = turns.filter(({ status }) => status === 200).length
    assert.ok(admitted >= 1 && admitted <= 5, `of six in a row one is used up: ${admitted}`)
    await world.ann.api.revokeReporter({ id: one.id, reason: "sold" })
    assert.equal(await refusal(await one.push(body)), "401 reporter_unknown")
  })
})

describe("who may let reporters in", () => {
  it("is a person who looks after every agent, and nobody unsigned", async () => {
    await using world = await openWorld()
    const { publicUrl } = world.tabard.server
    for (const [method, path] of [
      ["GET", "/reporters"],
      ["POST", "/reporters"],
      ["GET", "/scans"],
    ] as const) {
      const answer = await fetch(`${publicUrl}/api/v1${path}`, {
        method,
        headers: { "x-tabard": "1", "content-type": "application/json" },
        ...(method === "POST" && { body: JSON.stringify({ name: "mine" }) }),
      })
      assert.equal(await refusal(answer), "401 session_required")
    }
  })
})

interface World extends AsyncDisposable {
  readonly tabard: RunningTabard
  readonly ann: SignedInPerson
  reporter(name: string): Promise<TestReporter>
  agents(): Promise<readonly AgentSummary[]>
  names(): Promise<readonly string[]>
}

async function openWorld(options: TabardOptions = {}): Promise<World> {
  const tabard = await runTabard(options)
  const ann = await signInFirst(tabard.server, "Ann")
  const agents = async (): Promise<readonly AgentSummary[]> => (await ann.api.listAgents({})).items
  return {
    tabard,
    ann,
    agents,
    reporter: (name) => makeReporter(tabard.server, ann, name),
    names: async () => (await agents()).map(({ name }) => name),
    async [Symbol.asyncDispose]() {
      await tabard[Symbol.asyncDispose]()
      assert.deepEqual(tabard.faults, [])
    },
  }
}

/** Everything that the inventory and the findings say on this reporter's word. */
async function wordOf({ ann }: World, { id }: TestReporter) {
  const own = (thing: { readonly seen: readonly { readonly reporter: string }[] }): boolean =>
    thing.seen.some(({ reporter }) => reporter === id)
  const { items } = await ann.api.listAgents({})
  const agents = (await Promise.all(items.map((agent) => ann.api.getAgent({ id: agent.id })))).filter(own)
  const subjects = new Set(agents.map((agent) => agent.id))
  const findings = (await ann.api.listFindings({})).items.filter(({ subject }) => subjects.has(subject.id))
  return {
    agents: agents.map((agent) => ({ ...agent, risk: agent.risk?.score })),
    servers: (await ann.api.listObservedServers({})).items.filter(own),
    credentials: (await ann.api.listCredentials({})).items.filter(own),
    findings,
  }
}

/** Asks for a turn that takes no time: it is refused while another is being taken. */
async function hasTurn({ tabard }: World, { id }: TestReporter): Promise<boolean> {
  assert.ok(isId("reporter", id))
  const now = new Date()
  const turn = { now, until: now, pace: { every: 0, burst: 1 } }
  const { shelf } = tabard.server.organisation
  return (await shelf.transact(({ reporters }) => reporters.admit(id, turn)))?.kind === "wait"
}

function scanOf({ root }: Machine, { fingerprintKey }: TestReporter): Promise<ScanReport> {
  const options = { roots: [root], home: null, os: "linux", host: "build-7", clock: systemClock } as const
  const key = new Secret(fingerprintKey)
  return scan({ ...options, fingerprintKey: key }, silentReporter, new AbortController().signal)
}

async function taken(
  reporter: TestReporter,
  report: ScanReport,
): Promise<{ discovered: number; scrubbed: number }> {
  const answer = await reporter.push(report)
  assert.equal(answer.status, 200, await answer.clone().text())
  return JSON.parse(await answer.text())
}

async function refusal(answer: Response): Promise<string> {
  const { code }: { code: string } = JSON.parse(await answer.text())
  return `${answer.status} ${code}`
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), "latin1")))
}
