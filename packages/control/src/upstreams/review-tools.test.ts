import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type JsonObject, newId, type ToolVersion, type User } from "@tabard/core"
import type { PolicySet } from "../decisions/policy-store.ts"
import { explainManifest, putManifest } from "../decisions/put-manifest.ts"
import { type CallWorld, openCallWorld } from "../decisions/testing/call-world.ts"
import { twentyAtOnce } from "../testing/control-world.ts"
import { NOTES_TOOLS } from "../testing/notes-server.ts"
import { correctTool, type ToolCorrection } from "./correct-tool.ts"
import { pinReviewed, reviewServer } from "./review-server.ts"

const READ = { tool: "read_note", arguments: { path: "/notes/a.md" } }

describe("correcting a tool", () => {
  it("is in force at once, as a new version that says who, why, and what was before", async () => {
    await using world = await openCallWorld()
    const seen = await pinned(world, "read_note")
    assert.equal((await world.enforce(READ)).effect, "permit")
    const security = await world.world.person("security")
    const corrected = await correct(world, security, { effects: ["read", "delete"] })
    assert.equal(
      (await world.enforce(READ)).effect,
      "ask",
      "the guard-rail about deleting holds for it from now on",
    )
    assert.equal(corrected.digest, seen.digest)
    assert.deepEqual(corrected.review, { by: security.id, reason: "it deletes", corrected: true })
    const versions = await world.snapshot(({ servers }) => servers.versions(seen, 10))
    assert.deepEqual(versions.map(({ id }) => id).toSorted(), [corrected.id, seen.id].toSorted())
    const [event] = await world.events("server.tool-reviewed")
    const { how, before, after, manifests } = Object(event?.["data"])
    assert.deepEqual([how, manifests], ["corrected", []])
    assert.deepEqual([before.effects, after.effects], [["read"], ["read", "delete"]])
    assert.deepEqual([before.version, after.version], [seen.id, corrected.id])
  })

  it("is one of twenty at once; the others saw a version that stands no more", async () => {
    await using world = await openCallWorld()
    const { id: version } = await pinned(world, "read_note")
    const admin = await world.world.person("administrator")
    const answers = await twentyAtOnce(() => correct(world, admin, { version, effects: ["write"] }))
    assert.equal(answers.filter((answer) => typeof answer !== "string").length, 1)
    assert.equal(answers.filter((answer) => answer === "tool_conflict").length, 19)
  })

  it("is for security and administrators; who registered the server may add, and take nothing away", async () => {
    await using world = await openCallWorld()
    const { owner } = world
    const more = await correct(world, owner, { effects: ["read", "egress"] })
    assert.deepEqual(more.effects, ["read", "egress"])
    const [member, auditor] = [await world.world.person("member"), await world.world.person("auditor")]
    for (const [by, differs] of [
      [owner, { effects: ["egress"] }],
      [owner, { effects: ["read", "egress"], roles: {} }],
      [owner, { effects: ["read", "egress"], roles: { path: ["path"] } }],
      [member, { effects: ["read", "egress", "delete"] }],
      [auditor, { effects: ["read", "egress", "delete"] }],
    ] as const) {
      await assert.rejects(correct(world, by, differs), { code: "not_allowed" })
    }
    const security = await world.world.person("security")
    assert.deepEqual((await correct(world, security, { effects: ["read"] })).effects, ["read"])
  })

  it("refuses roles that no value could play, names that the tool does not take, and no effect at all", async () => {
    await using world = await openCallWorld()
    const security = await world.world.person("security")
    for (const [tool, differs, words] of [
      ["pay", { roles: { amount: ["path"] } }, /a path is a text/],
      ["pay", { roles: { amount: ["target"] } }, /a target is a text/],
      ["pay", { roles: { sum: ["amount"] } }, /takes no argument sum/],
      ["pay", { roles: { toString: ["amount"] } }, /takes no argument toString/],
      ["pay", { effects: [] }, /at least one effect/],
    ] as const) {
      await assert.rejects(correct(world, security, differs, tool), { code: "body_invalid", message: words })
    }
    for (const version of ["tlv_none", "srv_1", "", "agt_1"]) {
      await assert.rejects(correct(world, security, { version }), { code: "tool_not_found" })
    }
  })

  it("has each manifest that speaks of the server say at once what it would say now; one that compiles no more denies and says so", async () => {
    await using world = await openCallWorld()
    const { agent, owner } = world
    const text = "purpose: reads\ntier: read-only\ntools: [{ server: notes, tool: 'effect:read' }]\n"
    const reader = await world.world.agent({
      state: "active",
      owner: owner.id,
      mandate: agent.mandate && { ...agent.mandate, tier: "read-only" },
    })
    await putManifest(world.world, owner, { agent: reader.id, text })
    const security = await world.world.person("security")

    await correct(world, security, { effects: ["write"] })
    const broken = await intentOf(world, reader.id)
    assert.match(textOf(broken, 0), /no longer compiles[\s\S]*forbid/)
    assert.equal(broken?.source, text)
    const sentences = await world.snapshot((tx) => explainManifest(tx, reader.id, text))
    assert.match(sentences.join(), /no longer compiles: .*no reviewed tool effect:read/)
    const [event] = await world.events("server.tool-reviewed")
    assert.deepEqual(Object(event?.["data"]).manifests, [{ agent: reader.id, compiles: false }])

    await correct(world, security, { effects: ["read"] })
    assert.match(textOf(await intentOf(world, reader.id), 1), /permit/)
    assert.equal((await world.enforce(READ)).effect, "permit", "who named the tool was never concerned")
  })

  it("reaches a manifest that spells the server's name so that nobody finds it", async () => {
    await using world = await openCallWorld()
    const text = String.raw`{ purpose: reads, tier: transactional, standing: true, tools: [{ server: "n\u006ftes", tool: 'effect:read' }] }`
    await putManifest(world.world, world.owner, { agent: world.agent.id, text })
    assert.equal((await world.enforce(READ)).effect, "permit")
    await correct(world, await world.world.person("security"), { effects: ["write"] })
    assert.equal((await world.enforce(READ)).effect, "deny")
  })

  it("commits with its event, or not at all", async () => {
    await using world = await openCallWorld()
    const security = await world.world.person("security")
    const seen = await pinned(world, "read_note")
    const cutOff: CallWorld["world"]["transact"] = (work) =>
      world.transact(async (tx) => {
        await work(tx)
        throw new Error("the power went")
      })
    const correction = { version: seen.id, effects: ["write"], roles: {}, reason: "r" } as const
    await assert.rejects(
      correctTool({ ...world.world, transact: cutOff }, security, correction),
      /power went/,
    )
    assert.deepEqual(await pinned(world, "read_note"), seen)
    assert.deepEqual(await world.events("server.tool-reviewed"), [])
  })
})

describe("reviewing what a server offers now", () => {
  it("shows what changed beside what was reviewed, and pins nothing", async () => {
    await using world = await openCallWorld()
    const security = await world.world.person("security")
    const { tools } = await review(world, security, SHIFTED)
    const states = tools.map(({ name, state }) => `${name} ${state}`)
    assert.deepEqual(states, [
      "delete_note unchanged",
      "pay gone",
      "read_note changed",
      "share_note new",
      "write_note unchanged",
    ])
    const read = tools.find(({ name }) => name === "read_note")
    assert.equal(read?.pinned?.definition["description"], "read_note.")
    assert.equal(read?.offered?.definition["description"], "Now it does more.")
    assert.deepEqual(await world.events("server.tool-reviewed"), [])
    assert.equal((await pinned(world, "read_note")).id, read?.pinned?.id)
  })

  it("is for security and administrators; for others the server is not even asked", async () => {
    await using world = await openCallWorld()
    const listTools = (): never => assert.fail("it was asked")
    for (const role of ["member", "auditor"] as const) {
      const by = await world.world.person(role)
      await assert.rejects(reviewServer({ ...world, listTools }, by, world.server.id), {
        code: "not_allowed",
      })
      const wanted = { server: world.server.id, name: "read_note", digest: "d", seen: null, reason: "r" }
      await assert.rejects(pinReviewed({ ...world.world, listTools }, by, wanted), { code: "not_allowed" })
    }
  })

  it("lets a person pin the definition that they saw, which policies speak of from then on", async () => {
    await using world = await openCallWorld()
    const security = await world.world.person("security")
    const { tools } = await review(world, security, SHIFTED)
    const changed = tools.find(({ name }) => name === "read_note")
    const version = await pin(world, security, { ...changed, listed: SHIFTED })
    assert.equal(version.digest, changed?.offered?.digest)
    assert.deepEqual((await pinned(world, "read_note")).definition, version.definition)
    assert.deepEqual(version.review, { by: security.id, reason: "I read it", corrected: false })
    const added = tools.find(({ name }) => name === "share_note")
    assert.ok((await pin(world, security, { ...added, listed: SHIFTED })).effects.includes("egress"))
    assert.equal(
      (await review(world, security, SHIFTED)).tools.filter(({ state }) => state === "changed").length,
      0,
    )
  })

  it("pins nothing that changed again since it was seen, was reviewed by somebody else, or is gone", async () => {
    await using world = await openCallWorld()
    const security = await world.world.person("security")
    const { tools } = await review(world, security, SHIFTED)
    const changed = tools.find(({ name }) => name === "read_note")
    const again = [tool("read_note", "And more again.")]
    await assert.rejects(pin(world, security, { ...changed, listed: again }), { code: "tool_conflict" })
    await assert.rejects(pin(world, security, { ...changed, pinned: null, listed: SHIFTED }), {
      code: "tool_conflict",
    })
    const gone = tools.find(({ name }) => name === "pay")
    await assert.rejects(pin(world, security, { ...gone, offered: changed?.offered, listed: SHIFTED }), {
      code: "tool_not_found",
    })
    const answers = await twentyAtOnce(() => pin(world, security, { ...changed, listed: SHIFTED }))
    assert.equal(answers.filter((answer) => typeof answer !== "string").length, 1)
    assert.equal(answers.filter((answer) => answer === "tool_conflict").length, 19)
    const unknown = { ...world.server, id: newId("server", world.clock) }
    await assert.rejects(reviewServer({ ...world, listTools: async () => [] }, security, unknown.id), {
      code: "server_not_found",
    })
  })

  it("starts a changed definition anew, and keeps a person's word about the very same one", async () => {
    await using world = await openCallWorld()
    const security = await world.world.person("security")
    const corrected = await correct(world, security, { effects: ["read", "financial"] })
    const changed = await find(world, security, SHIFTED)
    const anew = await pin(world, security, { ...changed, listed: SHIFTED })
    assert.deepEqual(anew.effects, ["read"])
    const back = await find(world, security, NOTES_TOOLS)
    const again = await pin(world, security, { ...back, listed: NOTES_TOOLS })
    assert.deepEqual([again.effects, again.roles], [corrected.effects, corrected.roles])
    assert.equal(again.review?.corrected, true)
  })
})

const SHIFTED: readonly JsonObject[] = [
  tool("read_note", "Now it does more."),
  ...NOTES_TOOLS.filter(({ name }) => name === "write_note" || name === "delete_note"),
  tool("share_note", "Sends a note.", { recipient: { type: "string" } }),
]

function tool(name: string, description: string, more: JsonObject = {}): JsonObject {
  const properties = { path: { type: "string" }, ...more }
  return { name, description, inputSchema: { type: "object", properties, required: Object.keys(properties) } }
}

async function pinned({ snapshot, server }: CallWorld, name: string): Promise<ToolVersion> {
  const found = (await snapshot(({ servers }) => servers.pinned(server.id))).find(
    (each) => each.name === name,
  )
  assert.ok(found)
  return found
}

/** Corrects a tool as it stands, but for what is named. */
async function correct(
  world: CallWorld,
  by: User,
  differs: Partial<ToolCorrection>,
  name = "read_note",
): Promise<ToolVersion> {
  world.clock.advance(1)
  const { id: version, effects, roles } = await pinned(world, name)
  return correctTool(world.world, by, { version, effects, roles, reason: "it deletes", ...differs })
}

function review(world: CallWorld, by: User, listed: readonly JsonObject[]): ReturnType<typeof reviewServer> {
  return reviewServer({ ...world.world, listTools: async () => listed }, by, world.server.id)
}

/** A tool as it was shown, and what its server lists when it is pinned. */
type Shown = { readonly [Part in keyof Reviewed]?: Reviewed[Part] | undefined } & {
  readonly listed: readonly JsonObject[]
}

type Reviewed = Awaited<ReturnType<typeof reviewServer>>["tools"][number]

async function find(
  world: CallWorld,
  by: User,
  listed: readonly JsonObject[],
): Promise<Reviewed | undefined> {
  return (await review(world, by, listed)).tools.find(({ name }) => name === "read_note")
}

async function pin(
  world: CallWorld,
  by: User,
  { name = "", pinned: seen, offered, listed }: Shown,
): Promise<ToolVersion> {
  world.clock.advance(1)
  const wanted = {
    server: world.server.id,
    name,
    digest: offered?.digest ?? "",
    seen: seen?.id ?? null,
    reason: "I read it",
  }
  return pinReviewed({ ...world.world, listTools: async () => listed }, by, wanted)
}

function intentOf({ snapshot }: CallWorld, agent: string): Promise<PolicySet | undefined> {
  return snapshot(({ policies }) => policies.current("intent", agent))
}

function textOf(set: PolicySet | undefined, at: number): string {
  return set?.policies[at]?.text ?? ""
}
