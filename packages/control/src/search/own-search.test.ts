import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { type Approval, FOUND_KINDS, type FoundKind, type Id, newId, type User } from "@tabard/core"
import { shelfFor } from "../access/own-shelf.ts"
import { makeTeam } from "../directory/teams.ts"
import { recordScan } from "../discovery/record-scan.ts"
import { enrolReporter } from "../reporters/enrol-reporter.ts"
import { offerReporterEnrolment } from "../reporters/offer-reporter-enrolment.ts"
import { type ControlWorld, HOUR, openControlWorld } from "../testing/control-world.ts"
import { NOTES_TOOLS } from "../testing/notes-server.ts"
import { scanReport } from "../testing/scan-report.ts"
import { enrolmentCodeHash } from "../tokens/enrolment-code.ts"
import { registerServer } from "../upstreams/register-server.ts"
import { findEverywhere } from "./find-everywhere.ts"
import { indexPeople } from "./index-things.ts"

/** What everybody who is signed in may see; all else is found by whom it concerns. */
const EVERYBODYS: readonly FoundKind[] = ["person", "rule", "team", "tool", "upstream"]

/** A kind of thing, and a text that finds one which concerns the owner's agent; a new kind does not compile without. */
type Asked = Readonly<Record<FoundKind, string>>

describe("what is another's", () => {
  const stack = new AsyncDisposableStack()
  let world: ControlWorld
  let people: Readonly<Record<"steward" | "owner" | "member", User>>
  let asked: Asked

  before(async () => {
    world = stack.use(await openControlWorld())
    people = {
      steward: await world.person("administrator"),
      owner: await world.person("member"),
      member: await world.person("member", { name: "Grace Hopper" }),
    }
    asked = await lay(world, people)
  })
  after(() => stack.disposeAsync())

  for (const kind of FOUND_KINDS) {
    it(`is ${EVERYBODYS.includes(kind) ? "not" : "so"} where it is a ${kind}, for a member who searches`, async () => {
      assert.ok((await found("steward", kind)).length > 0, "there is one to be found")
      const theirs = await found("member", kind)
      if (EVERYBODYS.includes(kind)) assert.ok(theirs.length > 0)
      else assert.deepEqual(theirs, [])
    })
  }

  it("is found by its owner where it is an agent, or about one", async () => {
    for (const kind of ["agent", "approval", "decision", "event", "finding", "task"] as const)
      assert.deepEqual(await found("owner", kind), await found("steward", kind), kind)
  })

  function found(who: keyof typeof people, kind: FoundKind): Promise<readonly string[]> {
    return shelfFor(world, people[who]).snapshot(async (tx) => {
      const all = await findEverywhere(tx, { text: asked[kind], kinds: [kind], limit: 5 })
      return all.get(kind) ?? []
    })
  }
})

/** Lays a thing of each kind, about one agent that the owner owns as far as it is about any. */
async function lay(
  world: ControlWorld,
  { steward, owner }: Record<"steward" | "owner", User>,
): Promise<Asked> {
  const { discovered } = await recordScan(world, "laptop", scanReport())
  const [agent] = discovered
  assert.ok(agent)
  const launch = { transport: "http", url: "https://notes.acme.example/mcp" } as const
  const deps = { ...world, listTools: async () => NOTES_TOOLS }
  const { server } = await registerServer(deps, steward, { name: "notes", launch })
  const { code } = await offerReporterEnrolment(world, steward, "build-7")
  const jwk = { kty: "EC", crv: "P-256", x: "x", y: "y" } as const
  await enrolReporter(world, { codeHash: enrolmentCodeHash(code), jwk, thumbprint: "t" })
  await makeTeam(world, steward, { name: "Platform", externalName: null, keptBy: "people", lead: null })
  const now = world.clock.now()
  await world.transact(async (tx) => {
    await tx.agents.handOver(agent, null, owner.id, now)
    await indexPeople(tx, await tx.users.list())
  })
  const acts = await layActs(world, { agent, server: server.id, owner })
  const { finding, event, credential } = await seenIds(world, agent)
  return {
    ...acts,
    agent: "cursor",
    credential,
    event,
    finding,
    person: "hopper",
    reporter: "build",
    rule: "shadow",
    server: "github",
    system: "github",
    team: "platform",
    tool: "write note",
    upstream: "notes",
  }
}

async function seenIds(
  world: ControlWorld,
  agent: Id<"agent">,
): Promise<Pick<Asked, "finding" | "event" | "credential">> {
  return world.snapshot(async (tx) => {
    const [finding] = await tx.findings.of([agent])
    const [event] = await tx.outbox.list({ agent, limit: 1 })
    const [credential] = await tx.observations.listCredentials({ limit: 1 })
    assert.ok(finding && event && credential)
    return { finding: finding.id, event: event.id, credential: credential.id }
  })
}

async function layActs(
  { clock, transact }: ControlWorld,
  { agent, server, owner }: { agent: Id<"agent">; server: Id<"server">; owner: User },
): Promise<Pick<Asked, "approval" | "decision" | "task">> {
  const now = clock.now()
  const expiresAt = new Date(now.getTime() + HOUR)
  const [task, decision] = [newId("task", clock), newId("decision", clock)]
  const approval = await transact(async (tx) => {
    await tx.tasks.insert({
      id: task,
      agent,
      text: "x",
      opener: { kind: "user", user: owner.id },
      onBehalfOf: owner.id,
      scope: { server, tools: [], folder: null },
      openedAt: now,
      expiresAt,
      closedAt: null,
    })
    await tx.decisions.insert({
      id: decision,
      call: newId("call", clock),
      agent,
      task,
      action: "notes/read_note",
      resource: server,
      effect: "deny",
      code: "no_permit",
      reasons: [],
      approval: null,
      observed: null,
      version: 1,
      at: now,
    })
    const question: Approval["question"] = {
      kind: "call",
      agent,
      instance: newId("instance", clock),
      task,
      server,
      tool: "write_note",
      toolDigest: "d",
      arguments: {},
      chain: [],
      resource: server,
    }
    return tx.approvals.request({
      id: newId("approval", clock),
      handle: "h",
      question,
      actionHash: "a",
      nonce: "n",
      bindingHash: "b",
      say: [],
      policies: [],
      routes: ["owner"],
      approvers: [owner.id],
      state: { kind: "pending" },
      createdAt: now,
      expiresAt,
      agreed: [],
      spentBy: null,
    })
  })
  return { approval: approval.id, decision, task }
}
