import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import type { Agent, AgentState, User } from "@tabard/core"
import { describeAgent } from "../registry/describe-agent.ts"
import { addMaintainer } from "../registry/maintain-agent.ts"
import { type ControlWorld, mandateOf, openControlWorld } from "../testing/control-world.ts"
import { notesServer } from "../testing/notes-server.ts"
import { describedBy } from "./described-by.ts"
import { checkAgentManifest, explainManifest, putManifest } from "./put-manifest.ts"
import { seedPolicies } from "./seed-policies.ts"

const READS = "{ server: notes, tool: read_note, arguments: { path: { under: /notes } } }"

let world: ControlWorld
let owner: User
before(async () => {
  world = await openControlWorld()
  await seedPolicies({ ...world, production: false })
  owner = await world.person("member")
  await notesServer(world, owner)
})
after(() => world[Symbol.asyncDispose]())

describe("putting a manifest in force", () => {
  it("keeps its text, says in words what it means, and raises the version of decisions", async () => {
    const agent = await adopted()
    const version = await world.version()
    const text = manifest(READS)
    const { set, sentences } = await putManifest(world, owner, { agent: agent.id, text })
    assert.deepEqual([set.version, set.source, set.author], [1, text, owner.id])
    assert.ok(
      sentences.some((sentence) => sentence.includes("read_note only under /notes")),
      sentences.join(),
    )
    assert.ok((await world.version()) > version)
    assert.equal((await told(agent)).length, 1)
  })

  it("replaces the one before as a whole, which stays readable", async () => {
    const agent = await adopted()
    for (const text of [manifest(READS), manifest()])
      await putManifest(world, owner, { agent: agent.id, text })
    const history = await world.snapshot(({ policies }) => policies.history("intent", agent.id))
    assert.deepEqual(
      history.map(({ version, source }) => [version, source]),
      [
        [2, manifest()],
        [1, manifest(READS)],
      ],
    )
    const current = await world.snapshot(({ policies }) => policies.current("intent", agent.id))
    assert.ok(!JSON.stringify(current?.policies).includes("read_note"))
  })

  const refusals: readonly (readonly [string, string, string, RegExp])[] = [
    [
      "another tier than the agent was adopted for",
      manifest(READS).replace("transactional", "operator"),
      "manifest_invalid",
      /adopted for the tier transactional/,
    ],
    [
      "a narrower tier, which is a new adoption as well",
      manifest(READS).replace("transactional", "read-only"),
      "manifest_invalid",
      /adopted for the tier/,
    ],
    [
      "a server that nobody registered",
      manifest(READS.replace("notes", "files")),
      "manifest_invalid",
      /no reviewed tools/,
    ],
    [
      "a tool that nobody reviewed",
      manifest(READS.replace("read_note", "rename_note")),
      "manifest_invalid",
      /it has /,
    ],
    [
      "an argument that the tool does not take",
      manifest(READS.replace("path:", "place:")),
      "manifest_invalid",
      /takes no argument place/,
    ],
    [
      "a folder for an argument that is no path",
      manifest("{ server: notes, tool: write_note, arguments: { content: { under: /notes } } }"),
      "manifest_invalid",
      /cannot be held to a folder/,
    ],
    [
      "an amount for an argument that is no number",
      manifest('{ server: notes, tool: pay, arguments: { to: { atMost: "5" } } }'),
      "manifest_invalid",
      /cannot be held to an amount/,
    ],
    ["a misspelt member", manifest(READS).replace("tools:", "tolls:"), "manifest_invalid", /./],
    [
      "an unquoted amount",
      manifest("{ server: notes, tool: pay, arguments: { amount: { atMost: 5 } } }"),
      "manifest_invalid",
      /with quotes/,
    ],
    ["a doubled key", `${manifest(READS)}\ntier: transactional`, "manifest_invalid", /./],
    ["something that is no YAML", "{ a: [", "manifest_invalid", /./],
    ["more than it may be long", "#".repeat(70_000), "manifest_invalid", /longer than/],
  ]
  for (const [what, text, code, words] of refusals) {
    it(`is refused for ${what}, and leaves what was in force`, async () => {
      const agent = await adopted()
      await putManifest(world, owner, { agent: agent.id, text: manifest(READS) })
      const version = await world.version()
      await assert.rejects(putManifest(world, owner, { agent: agent.id, text }), { code, message: words })
      const current = await world.snapshot(({ policies }) => policies.current("intent", agent.id))
      assert.equal(current?.source, manifest(READS))
      assert.equal(await world.version(), version)
      assert.equal((await told(agent)).length, 1)
    })
  }

  it("is refused to strangers, and for an agent that is not there", async () => {
    const agent = await adopted()
    const text = manifest(READS)
    for (const role of ["member", "auditor"] as const) {
      const by = await world.person(role)
      await assert.rejects(putManifest(world, by, { agent: agent.id, text }), { code: "not_allowed" })
    }
    await assert.rejects(putManifest(world, owner, { agent: "agt_none", text }), { code: "agent_not_found" })
  })

  it("is refused for an agent that nobody adopted, or that ended", async () => {
    const steward = await world.person("administrator")
    const agents = [await world.agent(), await adopted("retiring"), await adopted("retired")]
    for (const { id } of agents) {
      await assert.rejects(putManifest(world, steward, { agent: id, text: manifest(READS) }), {
        code: "agent_state_conflict",
      })
    }
  })
})

describe("a manifest that speaks of its agent", () => {
  it("is refused where it says otherwise than was agreed, and told all of it at once with its lines", async () => {
    const agent = await adopted()
    const helper = await world.person("member")
    const text = `agent: agt_other
owner: somebody@example.org
maintainers: [nobody@example.org]
category: chatbot
expires: 2099-01-01
${manifest(READS)}`
    await world.transact(({ facts }) =>
      facts.put({
        subject: agent.id,
        name: "category",
        kind: "observed",
        source: "s",
        value: "local",
        at: world.clock.now(),
      }),
    )
    await addMaintainer(world, owner, { agent: agent.id, user: helper.id })
    const { problems, policies } = await checkAgentManifest(world, owner, { agent: agent.id, text })
    assert.deepEqual(
      problems.map(({ line, path, message }) => [line, path.join("."), message]),
      [
        [1, "agent", "it is the manifest of agt_other"],
        [2, "owner", `the agent's owner is ${owner.email}, and the manifest says somebody@example.org`],
        [3, "maintainers", `${helper.email} help with this agent too`],
        [3, "maintainers.0", "nobody@example.org does not help with this agent"],
        [4, "category", "the agent is known as local, and the manifest says chatbot"],
        [5, "expires", `the agent's mandate ends on ${endsOn(agent)}, before 2099-01-01`],
      ],
    )
    assert.deepEqual(policies, [])
    await assert.rejects(putManifest(world, owner, { agent: agent.id, text }), {
      code: "manifest_invalid",
      message: /line 2, column 1: the agent's owner is .*; hand the agent over first.*\n.*line 3/,
    })
  })

  it("is taken where it says what is so", async () => {
    const agent = await adopted()
    const helper = await world.person("member")
    await addMaintainer(world, owner, { agent: agent.id, user: helper.id })
    const text = `agent: ${agent.id}
owner: ${owner.email.toUpperCase()}
maintainers: [${helper.id}]
expires: ${endsOn(agent)}
${manifest(READS)}`
    const checked = await checkAgentManifest(world, owner, { agent: agent.id, text })
    const { set, sentences } = await putManifest(world, owner, { agent: agent.id, text })
    assert.deepEqual(checked, { problems: [], sentences, policies: set.policies })
  })

  it("says in which environment the agent acts, and decisions hear of it, unless security insists on another", async () => {
    const agent = await adopted()
    const text = `environment: staging\n${manifest(READS)}`
    await putManifest(world, owner, { agent: agent.id, text })
    assert.equal((await world.snapshot((tx) => describedBy(tx, [agent.id]))).environment, "staging")
    for (const environment of ["test", null] as const)
      await assert.rejects(describeAgent(world, owner, { agent: agent.id, change: { environment } }), {
        code: "agent_state_conflict",
        message: /its manifest says that it acts in staging/,
      })
    await describeAgent(world, owner, { agent: agent.id, change: { environment: "staging" } })
    await world.transact(({ facts }) =>
      facts.put({
        subject: agent.id,
        name: "environment",
        kind: "overridden",
        source: "s",
        value: "production",
        at: world.clock.now(),
      }),
    )
    await assert.rejects(putManifest(world, owner, { agent: agent.id, text }), {
      code: "manifest_invalid",
      message: /security insists that the agent acts in production/,
    })
  })

  it("is checked for nobody but who could put it in force", async () => {
    const agent = await adopted()
    const stranger = await world.person("member")
    await assert.rejects(checkAgentManifest(world, stranger, { agent: agent.id, text: manifest() }), {
      code: "not_allowed",
    })
  })
})

describe("explaining a manifest", () => {
  it("says that it no longer compiles where its tools are gone, and throws nothing", async () => {
    const { id } = await adopted()
    const lost = await world.snapshot((tx) =>
      explainManifest(tx, id, manifest(READS.replace("notes", "gone"))),
    )
    assert.match(lost.join(), /no longer compiles/)
  })
})

describe("the policies that ship", () => {
  it("are put in force once, and not again at the next start", async () => {
    await using own = await openControlWorld()
    await seedPolicies({ ...own, production: false })
    const version = await own.version()
    const sets = await own.snapshot(({ policies }) => policies.inForce())
    await seedPolicies({ ...own, production: false })
    assert.equal(await own.version(), version)
    assert.deepEqual(await own.snapshot(({ policies }) => policies.inForce()), sets)
    assert.deepEqual(sets.map(({ kind, version: each }) => `${kind} ${each}`).toSorted(), [
      "guard 1",
      "guard 1",
      "tier 1",
    ])
  })

  it("are put once where many start at the same time", async () => {
    await using own = await openControlWorld()
    await Promise.all(Array.from({ length: 10 }, () => seedPolicies({ ...own, production: false })))
    assert.equal((await own.snapshot(({ policies }) => policies.history("guard", "shipped"))).length, 1)
  })
})

function adopted(state: AgentState = "active"): Promise<Agent> {
  return world.agent({ state, owner: owner.id, mandate: mandateOf(owner, world.clock) })
}

function manifest(...tools: readonly string[]): string {
  return `purpose: Tidies notes\ntier: transactional\ntools: [${tools.join(", ")}]`
}

function endsOn({ mandate }: Agent): string {
  return mandate?.expiresAt.toISOString().slice(0, 10) ?? ""
}

async function told({ id }: Agent): Promise<readonly object[]> {
  return (await world.events("manifest.put")).filter(({ agent }) => agent === id)
}
