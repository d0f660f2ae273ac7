import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { readManifest, writeManifest } from "@tabard/intent"
import { putManifest } from "../decisions/put-manifest.ts"
import { type CallWorld, openCallWorld } from "../decisions/testing/call-world.ts"
import { HOUR } from "../testing/control-world.ts"
import { observeAgent } from "./observe-mode.ts"
import { previewEnforcing } from "./preview-enforcing.ts"
import { suggestFromObserved } from "./suggest-from-observed.ts"

const READS = ["/srv/reports/2026/a.md", "/srv/reports/2026/b.md", "/srv/reports/c.md"]

describe("what would break if an agent were enforced", () => {
  it("tells by tool and reason which of the observed calls would be stopped, and by which arguments", async () => {
    await using world = await observed()
    const preview = await previewEnforcing(world, world.owner, { agent: world.agent.id })
    const { calls, permitted, asked, denied, unjudged } = preview
    assert.deepEqual(
      { calls, permitted, asked, denied, unjudged },
      {
        calls: 6,
        permitted: 1,
        asked: 2,
        denied: 3,
        unjudged: 0,
      },
    )
    const [most] = preview.stopped
    assert.ok(most)
    assert.deepEqual(
      [most.server.name, most.tool, most.effect, most.code, most.calls],
      ["notes", "read_note", "deny", "no_policy", 3],
    )
    assert.match(most.words, /only under \/notes/)
    assert.deepEqual(
      most.examples.map(({ arguments: args }) => args?.["path"]),
      READS.toReversed(),
    )
    assert.deepEqual(
      preview.stopped.map(({ tool, effect, calls: own }) => `${tool} ${effect} ${own}`).toSorted(),
      ["delete_note ask 1", "read_note deny 3", "write_note ask 1"],
    )
  })

  it("tells of a draft what it would have allowed, and puts nothing in force", async () => {
    await using world = await observed()
    const draft = `
purpose: Keeps the notes tidy
tier: transactional
tools:
  - { server: notes, tool: read_note }
`
    const before = await world.version()
    const { permitted, denied } = await previewEnforcing(world, world.owner, {
      agent: world.agent.id,
      manifest: draft,
    })
    assert.deepEqual([permitted, denied], [4, 2])
    assert.equal(await world.version(), before)
  })

  it("is uncertain where what was not kept is what the answer hangs on, and nowhere else", async () => {
    await using world = await observed()
    const told = async (limit: string): Promise<readonly (readonly [string, number, number])[]> => {
      const manifest = `purpose: Keeps the notes tidy\ntier: transactional\ntools:\n  - { server: notes, tool: write_note, arguments: { ${limit} } }\n`
      const { stopped } = await previewEnforcing(world, world.owner, { agent: world.agent.id, manifest })
      return stopped
        .filter(({ tool }) => tool === "write_note")
        .map(({ effect, calls, uncertain }) => [effect, calls, uncertain] as const)
    }
    assert.deepEqual(await told("path: { under: /elsewhere }"), [["deny", 1, 0]])
    assert.deepEqual(await told("content: { oneOf: [tidy] }"), [["deny", 1, 1]])
  })

  it("is told to nobody who does not answer for the agent", async () => {
    await using world = await observed()
    const wish = { agent: world.agent.id }
    for (const role of ["member", "auditor"] as const) {
      const stranger = await world.person(role)
      await assert.rejects(previewEnforcing(world, stranger, wish), { code: "not_allowed" })
      await assert.rejects(suggestFromObserved(world, stranger, wish), { code: "not_allowed" })
    }
  })
})

describe("the manifest that is suggested from what was observed", () => {
  it("names what was used within its narrowest bounds, and leaves what people said", async () => {
    await using world = await observed()
    const { manifest } = await suggestFromObserved(world, world.owner, { agent: world.agent.id })
    assert.deepEqual(readManifest(manifest), {
      purpose: "Keeps the notes tidy",
      tier: "transactional",
      tools: [
        { server: "notes", tool: "delete_note", arguments: { path: { under: "/notes" } } },
        // What was read lies in two places that share nothing.
        { server: "notes", tool: "read_note" },
        { server: "notes", tool: "write_note", arguments: { path: { under: "/notes" } }, ask: "owner" },
      ],
    })
  })

  it("is the same however often it is asked for, and changes nothing", async () => {
    await using world = await observed()
    const before = await world.version()
    const ask = () => suggestFromObserved(world, world.owner, { agent: world.agent.id })
    const first = await ask()
    assert.deepEqual(await ask(), first)
    assert.equal(await world.version(), before)
  })

  it("denies nothing of what was observed once a person puts it, and each entry of it is needed", async () => {
    await using world = await observed()
    const wish = { agent: world.agent.id }
    const { manifest, preview, sentences } = await suggestFromObserved(world, world.owner, wish)
    assert.equal(preview.denied, 0)
    assert.ok(sentences.length > 0)
    const suggested = readManifest(manifest)
    for (const left of suggested.tools) {
      const without = { ...suggested, tools: suggested.tools.filter((entry) => entry !== left) }
      const text = writeManifest(without)
      const { denied } = await previewEnforcing(world, world.owner, { ...wish, manifest: text })
      assert.ok(denied > 0, `${left.tool} could be left out`)
    }
    await putManifest(world, world.owner, { agent: world.agent.id, text: manifest })
    assert.equal((await previewEnforcing(world, world.owner, wish)).denied, 0)
  })

  it("says which access in force nobody was seen to use, and when it last was", async () => {
    await using world = await openCallWorld()
    const used = await world.enforce({ tool: "read_note", arguments: { path: "/notes/a.md" } })
    world.clock.advance(HOUR)
    await begin(world)
    await world.enforce({})
    const { unused } = await suggestFromObserved(world, world.owner, { agent: world.agent.id })
    assert.deepEqual(unused, [
      { server: "notes", tool: "delete_note", lastUsed: null },
      { server: "notes", tool: "read_note", lastUsed: used.decision?.at },
    ])
  })

  it("is refused where nothing was observed", async () => {
    await using world = await openCallWorld()
    await assert.rejects(suggestFromObserved(world, world.owner, { agent: world.agent.id }), {
      code: "agent_state_conflict",
    })
  })
})

async function begin(world: CallWorld): Promise<void> {
  const security = await world.person("security")
  await observeAgent(world, security, { agent: world.agent.id, reason: "before it goes live", days: 5 })
}

/** Six calls: three where the manifest leads nowhere, one that it permits, two that people are asked about. */
async function observed(): Promise<CallWorld> {
  const world = await openCallWorld()
  await begin(world)
  for (const path of READS) {
    world.clock.advance(1000)
    await world.enforce({ tool: "read_note", arguments: { path } })
  }
  world.clock.advance(1000)
  await world.enforce({ tool: "read_note", arguments: { path: "/notes/a.md" } })
  await world.enforce({ tool: "delete_note", arguments: { path: "/notes/b.md" } })
  await world.enforce({})
  return world
}
