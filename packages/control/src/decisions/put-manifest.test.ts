import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import type { Agent, AgentState, User } from "@tabard/core"
import { type ControlWorld, mandateOf, openControlWorld } from "../testing/control-world.ts"
import { notesServer } from "../testing/notes-server.ts"
import { explainManifest, putManifest } from "./put-manifest.ts"
import { seedPolicies } from "./seed-policies.ts"

const READS = "{ server: notes, tool: read_note, arguments: { path: { under: /notes } } }"

let world: ControlWorld
let owner: User
before(async () => {
  world = await openControlWorld()
  await seedPolicies(world)
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
    await seedPolicies(own)
    const version = await own.version()
    const sets = await own.snapshot(({ policies }) => policies.inForce())
    await seedPolicies(own)
    assert.equal(await own.version(), version)
    assert.deepEqual(await own.snapshot(({ policies }) => policies.inForce()), sets)
    assert.deepEqual(sets.map(({ kind, version: each }) => `${kind} ${each}`).toSorted(), [
      "guard 1",
      "tier 1",
    ])
  })

  it("are put once where many start at the same time", async () => {
    await using own = await openControlWorld()
    await Promise.all(Array.from({ length: 10 }, () => seedPolicies(own)))
    assert.equal((await own.snapshot(({ policies }) => policies.history("guard", "shipped"))).length, 1)
  })
})

function adopted(state: AgentState = "active"): Promise<Agent> {
  return world.agent({ state, owner: owner.id, mandate: mandateOf(owner, world.clock) })
}

function manifest(...tools: readonly string[]): string {
  return `purpose: Tidies notes\ntier: transactional\ntools: [${tools.join(", ")}]`
}

async function told({ id }: Agent): Promise<readonly object[]> {
  return (await world.events("manifest.put")).filter(({ agent }) => agent === id)
}
