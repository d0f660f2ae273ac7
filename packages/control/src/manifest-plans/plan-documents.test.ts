import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import type { Agent, User } from "@tabard/core"
import { putManifest } from "../decisions/put-manifest.ts"
import { seedPolicies } from "../decisions/seed-policies.ts"
import { ownAddress } from "../policies/own-address.ts"
import { putOwnPolicies } from "../policies/put-own-policies.ts"
import { type ControlWorld, mandateOf, openControlWorld, twentyAtOnce } from "../testing/control-world.ts"
import { notesServer } from "../testing/notes-server.ts"
import type { DocumentDraft } from "./document-plan.ts"
import type { AgentPlan, ManifestDraft, ManifestPlan, PlanWish } from "./manifest-plan.ts"
import { applyPlan, planManifests } from "./plan-manifests.ts"

const FROZEN = `@id("frozen") @say("nothing is read") forbid (principal, action in Tabard::Action::"effect:read", resource);`
const IN_FOLDERS = manifest(
  "{ server: notes, tool: read_note, arguments: { path: { under: { inSet: folders } } } }",
)

let world: ControlWorld
let owner: User
let security: User
let agent: Agent
before(async () => {
  world = await openControlWorld()
  await seedPolicies({ ...world, production: false })
  owner = await world.person("member")
  security = await world.person("security")
  await notesServer(world, owner)
  await apply({ documents: [set("/notes\n")] })
  agent = await world.agent({ state: "active", owner: owner.id, mandate: mandateOf(owner, world.clock) })
  await putManifest(world, owner, { agent: agent.id, text: IN_FOLDERS })
})
after(() => world[Symbol.asyncDispose]())

describe("planning documents of the organisation's", () => {
  it("says what a guard-rail takes away, and from which other agents, and keeps nothing", async () => {
    const version = await world.version()
    const plan = await planned({ documents: [set("/notes\n"), guard(FROZEN)] })
    assert.deepEqual([plan.changes, told(plan)], [1, ["set same", "guard first"]])
    assert.match(plan.documents[1]?.takesAway.join() ?? "", /own\/frozen forbids \(nothing is read\)/)
    assert.deepEqual(
      plan.affected.map(({ agent: id, stops, tools }) => [id, stops, tools.map(({ after: is }) => is)]),
      [[agent.id, false, ["deny"]]],
    )
    assert.equal(await world.version(), version)
  })

  it("tells of a guard-rail that decides by conditions, though the answer without them stays", async () => {
    const held = FROZEN.replace(/;$/, ' unless { context.session.posture.contains("managed") };')
    const { affected } = await planned({ documents: [set("/notes\n"), guard(held)] })
    const [only] = affected
    assert.deepEqual([affected.length, only?.agent], [1, agent.id])
    assert.deepEqual(
      only?.tools.map(({ tool, before: was, after: is, guardRails }) => [tool, was, is, guardRails]),
      [["read_note", "permit", "permit", ["own/frozen"]]],
    )
  })

  it("says which agents a set stops or lets do otherwise, and nothing of one that got another name", async () => {
    const stopping = await planned({ documents: [set("no folder\n")] })
    assert.deepEqual(
      stopping.affected.map(({ agent: id, stops }) => [id, stops]),
      [[agent.id, true]],
    )
    const wider = await planned({ documents: [set("/notes\n/more\n")] })
    assert.deepEqual(
      [told(wider), wider.documents[0]?.adds],
      [["set changed"], ["“/more” is in the set folders."]],
    )
    assert.equal(wider.affected.length, 1)
    const renamed = await planned({
      documents: [{ ...set("/notes\n"), subject: "places" }],
      drafts: [{ agent: agent.id, text: IN_FOLDERS.replace("folders", "places") }],
      prune: true,
    })
    assert.deepEqual(told(renamed), ["set first", "set removed"])
    const words = [...renamed.documents, ...renamed.agents].flatMap((one) => [one.adds, one.takesAway].flat())
    assert.deepEqual([words, renamed.agents[0]?.change], [[], "reworded"])
  })

  it("takes comments, layout and order for the same in other words", async () => {
    const two = `@id("a") forbid (principal, action in Tabard::Action::"effect:delete", resource);`
    await apply({ documents: [set("/notes\n"), guard(`${two}\n${FROZEN}`)] })
    const plan = await planned({
      documents: [set("# kept\n/notes\n"), guard(`// kept\n${FROZEN}\n\n${two}`)],
    })
    assert.deepEqual(told(plan), ["set reworded", "guard reworded"])
    assert.deepEqual(plan.affected, [])
  })

  it("tells what lies in no file, and takes it away only where that is asked for", async () => {
    const plan = await planned({ documents: [set("/notes\n")] })
    assert.deepEqual([plan.changes, told(plan)], [0, ["set same", "guard unfiled"]])
    const pruned = await apply({ documents: [set("/notes\n")], prune: true })
    assert.deepEqual([pruned.changes, told(pruned)], [1, ["set same", "guard removed"]])
    assert.match(pruned.documents[1]?.adds.join("\n") ?? "", /^No more: own\/frozen forbids/m)
    assert.deepEqual(told(await planned({ documents: [set("/notes\n")] })), ["set same"])
  })

  it("is refused to whoever does not write what rules everybody, and for what cannot be in force", async () => {
    const refused = { code: "not_allowed" }
    await assert.rejects(planManifests(world, owner, { drafts: [], documents: [] }), refused)
    await assert.rejects(planned({ documents: [guard("permit (principal, action, resource);")] }), {
      code: "policy_invalid",
    })
  })
})

describe("applying documents", () => {
  it("is done by one of twenty at once, all or nothing, and refused once anything moved", async () => {
    const wish = { drafts: [], documents: [set("/notes\n/twenty\n"), guard(FROZEN)] }
    const { digest } = await planManifests(world, security, wish)
    const versions = async (): Promise<number> =>
      (await world.snapshot(({ policies }) => policies.history("guard", "own"))).length
    const earlier = await versions()
    await twentyAtOnce(() => applyPlan(world, security, { ...wish, digest }))
    assert.equal(await versions(), earlier + 1)
    const next = { drafts: [], documents: [set("/notes\n"), guard("")] }
    const seen = await planManifests(world, security, next)
    const seenVersion = await versions()
    await putOwnPolicies(world, security, {
      address: ownAddress("set", "folders"),
      source: "/other\n",
      seen: await latest("intent", "set/folders"),
    })
    await assert.rejects(applyPlan(world, security, { ...next, digest: seen.digest }), {
      code: "plan_changed",
    })
    assert.equal(await versions(), seenVersion)
  })
})

describe("planning what is by hand beside a manifest", () => {
  it("puts it with the manifest, and says what it gives; comments are nothing", async () => {
    await apply({ documents: [set("/notes\n"), guard("")] })
    const { digest, ...first } = await byHand(forbidsAll())
    assert.deepEqual(
      [first.changes, first.change, first.hand],
      [1, "same", { change: "first", version: null }],
    )
    assert.match(first.takesAway, /hand\/no forbids/)
    assert.deepEqual(first.tools, [["permit", "deny"]])
    await applyPlan(world, owner, { drafts: [draftOf(forbidsAll())], digest })
    const again = await byHand(`// kept\n${forbidsAll()}`)
    assert.deepEqual([again.hand.change, again.adds, again.takesAway], ["reworded", "", ""])
  })

  it("tells what lies in no file, takes it away only where that is asked for, and leaves what was not spoken of", async () => {
    const gone = await byHand(null)
    assert.deepEqual([gone.changes, gone.hand], [0, { change: "unfiled", version: 1 }])
    const pruned = await byHand(null, true)
    assert.deepEqual([pruned.changes, pruned.hand.change], [1, "removed"])
    assert.match(pruned.adds, /^No more: .*hand\/no forbids/)
    const unsaid = await byHand(undefined, true)
    assert.deepEqual([unsaid.changes, unsaid.hand.change], [0, "same"])
  })
})

function forbidsAll(): string {
  return `@id("no") forbid (principal == Tabard::Agent::"${agent.id}", action, resource);`
}

function draftOf(text: string | null | undefined): ManifestDraft {
  return { agent: agent.id, text: IN_FOLDERS, byHand: text }
}

async function byHand(
  text: string | null | undefined,
  prune = false,
): Promise<
  Pick<ManifestPlan, "changes" | "digest"> & {
    readonly change: string
    readonly hand: AgentPlan["byHand"]
    readonly adds: string
    readonly takesAway: string
    readonly tools: readonly (readonly [string, string])[]
  }
> {
  const { agents, changes, digest } = await planManifests(world, owner, { drafts: [draftOf(text)], prune })
  const [only] = agents
  assert.ok(only)
  return {
    changes,
    digest,
    change: only.change,
    hand: only.byHand,
    adds: only.adds.join(),
    takesAway: only.takesAway.join(),
    tools: only.tools.map(({ before: was, after: is }) => [was, is] as const),
  }
}

function planned(wish: Partial<PlanWish>): Promise<ManifestPlan> {
  return planManifests(world, security, { drafts: [], ...wish })
}

/** Plans, and applies exactly that. */
async function apply(wish: Partial<PlanWish>): Promise<ManifestPlan> {
  const { digest } = await planned(wish)
  return applyPlan(world, security, { drafts: [], ...wish, digest })
}

function told({ documents }: ManifestPlan): readonly string[] {
  return documents.map(({ kind, change }) => `${kind} ${change}`)
}

function set(source: string): DocumentDraft {
  return { kind: "set", subject: "folders", source }
}

function guard(source: string): DocumentDraft {
  return { kind: "guard", subject: "own", source }
}

async function latest(kind: "guard" | "intent", subject: string): Promise<number> {
  const [newest] = await world.snapshot(({ policies }) => policies.history(kind, subject))
  return newest?.version ?? 0
}

function manifest(...tools: readonly string[]): string {
  return `purpose: Tidies notes\ntier: transactional\ntools: [${tools.join(", ")}]`
}
