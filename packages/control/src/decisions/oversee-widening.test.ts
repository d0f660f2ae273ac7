import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Agent, Mandate, Role, User } from "@tabard/core"
import { observeAgent } from "../observe/observe-mode.ts"
import { putOwnPolicies } from "../policies/put-own-policies.ts"
import { importRegister } from "../register/import-register.ts"
import { describeAgent } from "../registry/describe-agent.ts"
import { addMaintainer } from "../registry/maintain-agent.ts"
import { putSettings } from "../registry/put-settings.ts"
import { type ControlWorld, mandateOf, openControlWorld } from "../testing/control-world.ts"
import { notesServer } from "../testing/notes-server.ts"
import type { WidenedBy } from "./oversee-widening.ts"
import { putManifest } from "./put-manifest.ts"
import { seedPolicies } from "./seed-policies.ts"

const LOOKS = "purpose: Tidies notes\ntier: transactional\ntools: []\n"
const READS = LOOKS.replace(
  "[]",
  "[{ server: notes, tool: read_note, arguments: { path: { under: /notes } } }]",
)
const REFUSED = { code: "second_person_needed" } as const

/** Who owns, who else is here, whether the organisation settled it, and what comes of more than was there. */
const CASES: readonly (readonly [
  owner: Role,
  others: readonly Role[],
  settled: boolean,
  widened: WidenedBy | "refused",
])[] = [
  ["member", ["administrator"], false, "owner-alone"],
  ["administrator", ["security"], false, "owner-alone"],
  ["administrator", [], false, "sole-administrator"],
  ["administrator", ["member", "auditor"], true, "sole-administrator"],
  ["member", ["administrator"], true, "refused"],
  ["administrator", ["administrator"], true, "refused"],
  ["administrator", ["security"], true, "refused"],
  ["security", ["member"], true, "refused"],
]

describe("more than an agent might do before", () => {
  for (const [role, others, settled, widened] of CASES)
    it(`is ${widened} where a person of role ${role} owns it beside ${others.join(" and ") || "nobody"}, ${settled ? "as settled" : "where nothing is settled"}`, async () => {
      await using world = await openControlWorld()
      const { owner, agent } = await furnish(world, { role, others, settled })
      const putting = putManifest(world, owner, { agent: agent.id, text: READS })
      if (widened === "refused") return assert.rejects(putting, REFUSED)
      await putting
      assert.deepEqual(await toldBy(world, "manifest.put"), [widened])
    })

  it("is put in force by somebody else at once, and less by the owner alone", async () => {
    await using world = await openControlWorld()
    const { owner, agent, others } = await furnish(world, {
      role: "member",
      others: ["security"],
      settled: true,
    })
    const [sec] = others
    assert.ok(sec)
    await putManifest(world, sec, { agent: agent.id, text: READS })
    await putManifest(world, owner, { agent: agent.id, text: LOOKS })
    await putManifest(world, owner, { agent: agent.id, text: LOOKS })
    await assert.rejects(putManifest(world, owner, { agent: agent.id, text: READS }), REFUSED)
    assert.deepEqual(await toldBy(world, "manifest.put"), ["another-person", undefined, undefined])
  })

  it("is the owner's where the agent was taken on to read alone", async () => {
    await using world = await openControlWorld()
    const wished = { role: "member", others: ["security"], settled: true, tier: "read-only" } as const
    const { owner, agent } = await furnish(world, wished)
    await putManifest(world, owner, { agent: agent.id, text: READS.replace("transactional", "read-only") })
    assert.deepEqual(await toldBy(world, "manifest.put"), ["owner-alone"])
  })

  it("is held to the same where bounds are only observed, or it is said that the agent acts where less is forbidden", async () => {
    await using world = await openControlWorld()
    const { owner, agent, others } = await furnish(world, {
      role: "member",
      others: ["security"],
      settled: true,
    })
    const [sec] = others
    assert.ok(sec)
    const helper = await world.person("member")
    await addMaintainer(world, owner, { agent: agent.id, user: helper.id })
    const say = (by: User, environment: "production" | "test" | null) =>
      describeAgent(world, by, { agent: agent.id, change: { environment } })
    const observe = (by: User) => observeAgent(world, by, { agent: agent.id, reason: "trying it", days: 1 })
    for (const by of [owner, helper]) await assert.rejects(say(by, "test"), REFUSED)
    await say(helper, "production")
    for (const by of [owner, helper]) await assert.rejects(say(by, null), REFUSED)
    world.clock.advance(1000)
    await say(sec, "test")
    await assert.rejects(observe(owner), REFUSED)
    await observe(sec)
    assert.deepEqual(await toldBy(world, "agent.mode-changed"), ["another-person"])
  })

  it("is somebody else's to say, whatever is settled, where offered guard-rails would hold no more", async () => {
    await using world = await openControlWorld()
    const { owner, agent, others } = await furnish(world, {
      role: "member",
      others: ["security"],
      settled: false,
    })
    const [sec] = others
    assert.ok(sec)
    const put = (by: User, environment: string) =>
      putManifest(world, by, { agent: agent.id, text: `${READS}environment: ${environment}\n` })
    await put(owner, "staging")
    await put(owner, "production")
    for (const environment of ["test", "staging"])
      await assert.rejects(put(owner, environment), {
        ...REFUSED,
        message: /proven-identity and rehearsed do not hold/,
      })
    world.clock.advance(1000)
    await put(sec, "test")
    world.clock.advance(1000)
    await put(owner, "staging")
    await offer(world, sec, "rehearsed: [staging]\nproven-identity: [production, staging]")
    await assert.rejects(put(owner, "production"), { ...REFUSED, message: /guard-rails rehearsed do not/ })
    const inForce = await world.snapshot(({ policies }) => policies.current("intent", agent.id))
    assert.match(inForce?.source ?? "", /environment: staging/)
  })

  it("is the same of who says so without a manifest, and as the only administrator there is", async () => {
    await using world = await openControlWorld()
    const { owner, agent } = await furnish(world, { role: "member", others: ["security"], settled: false })
    const say = (by: User, environment: "production" | "test" | null) =>
      describeAgent(world, by, { agent: agent.id, change: { environment } })
    await say(owner, "production")
    for (const environment of ["test", null] as const) await assert.rejects(say(owner, environment), REFUSED)

    await using alone = await openControlWorld()
    const only = await furnish(alone, { role: "administrator", others: [], settled: false })
    const put = (environment: string) =>
      putManifest(alone, only.owner, { agent: only.agent.id, text: `${READS}environment: ${environment}\n` })
    await put("production")
    await put("test")
    assert.deepEqual((await toldBy(alone, "manifest.put")).at(-1), "sole-administrator")
  })

  it("is nobody's own to say by a register either", async () => {
    await using world = await openControlWorld()
    const { owner, agent, others } = await furnish(world, {
      role: "security",
      others: ["administrator"],
      settled: false,
    })
    const [admin] = others
    assert.ok(admin)
    await describeAgent(world, owner, { agent: agent.id, change: { environment: "production" } })
    const imported = (by: User) => {
      world.clock.advance(1000)
      return importRegister(world, by, { csv: `id,environment\n${agent.id},test\n`, apply: true })
    }
    const { applied, lines } = await imported(owner)
    assert.deepEqual([applied, lines.map(({ does }) => does)], [false, ["refused"]])
    assert.match(lines[0]?.says.join() ?? "", /environment: .*proven-identity and rehearsed do not hold/)
    assert.equal((await imported(admin)).applied, true)

    world.clock.advance(1000)
    await putManifest(world, owner, { agent: agent.id, text: `${READS}environment: production\n` })
    const against = await imported(admin)
    assert.match(against.lines[0]?.says.join() ?? "", /its manifest says that it acts in production/)
  })

  it("is held to the same where it is written by hand beside the manifest", async () => {
    await using world = await openControlWorld()
    const { owner, agent, others } = await furnish(world, {
      role: "member",
      others: ["security"],
      settled: true,
    })
    const [sec] = others
    assert.ok(sec)
    const put = (by: User, source: string, seen: number) =>
      putOwnPolicies(world, by, { address: { kind: "hand", subject: agent.id }, source, seen })
    const forbid = `forbid (principal == Tabard::Agent::"${agent.id}", action, resource);`
    await put(owner, forbid, 0)
    await assert.rejects(put(owner, "", 1), REFUSED)
    await assert.rejects(put(owner, `${forbid}\n${forbid.replace("forbid", "permit")}`, 1), REFUSED)
    await put(sec, "", 1)
    assert.deepEqual(await toldBy(world, "policy.put"), [undefined, "another-person"])
  })
})

interface Wished {
  readonly role: Role
  readonly others: readonly Role[]
  readonly settled: boolean
  readonly tier?: Mandate["tier"]
}

async function furnish(
  world: ControlWorld,
  { role, others: roles, settled, tier = "transactional" }: Wished,
): Promise<{ readonly owner: User; readonly agent: Agent; readonly others: readonly User[] }> {
  await seedPolicies({ ...world, production: false })
  const owner = await world.person(role)
  await notesServer(world, owner)
  const mandate = mandateOf(owner, world.clock, { tier })
  const agent = await world.agent({ state: "active", owner: owner.id, mandate })
  const others: User[] = []
  for (const one of roles) others.push(await world.person(one))
  if (settled) await settle(world, owner)
  return { owner, agent, others }
}

async function offer(world: ControlWorld, by: User, source: string): Promise<void> {
  const address = { kind: "offered", subject: "own" } as const
  await putOwnPolicies(world, by, { address, source, seen: 1 })
}

/** As an administrator would, whoever is one. */
function settle(world: ControlWorld, { id }: User): Promise<void> {
  return putSettings(world, { id, role: "administrator" }, { widenedByAnother: true })
}

async function toldBy(
  world: ControlWorld,
  type: "agent.mode-changed" | "manifest.put" | "policy.put",
): Promise<readonly unknown[]> {
  return (await world.events(type)).map(({ data }) => Reflect.get(Object(data), "widenedBy"))
}
