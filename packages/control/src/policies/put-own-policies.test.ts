import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { DEFAULT_TOKEN_SETTINGS, newId, Problem, type Upstream } from "@tabard/core"
import { evaluateCall } from "../decisions/evaluate-call.ts"
import { KnownInputs } from "../decisions/known-inputs.ts"
import { PolicyKeeper } from "../decisions/policies-in-force.ts"
import { putManifest } from "../decisions/put-manifest.ts"
import { type CallWorld, openCallWorld } from "../decisions/testing/call-world.ts"
import { adoptAgent } from "../lifecycle/adopt-agent.ts"
import { mandateOf, openControlWorld, twentyAtOnce } from "../testing/control-world.ts"
import { NOTES_TOOLS, notesServer, versionOf } from "../testing/notes-server.ts"
import { putTokenSettings } from "../tokens/put-token-settings.ts"
import { type OwnKind, ownAddress } from "./own-address.ts"
import { putOwnPolicies } from "./put-own-policies.ts"
import { policyVersions } from "./read-own-policies.ts"
import { tiersInForce } from "./tiers-in-force.ts"

const READ = { tool: "read_note", arguments: { path: "/notes/a.md" } }
const STRANGER = "agt_0190a0a0-0000-7000-8000-000000000000"

/** Puts a document in force, as security unless said otherwise. */
type Put = (kind: OwnKind, source: string, subject?: string, seen?: number) => Promise<string>

async function opened(): Promise<{ world: CallWorld; put: Put } & AsyncDisposable> {
  const world = await openCallWorld()
  const security = await world.person("security")
  return {
    world,
    put: async (kind, source, subject = "own", seen = 0) => {
      const wish = { address: ownAddress(kind, subject), source, seen }
      return putOwnPolicies(world, security, wish).then(
        ({ version }) => `version ${version}`,
        (error: unknown) => {
          if (error instanceof Problem) return `${error.code}: ${error.message}`
          throw error
        },
      )
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }
}

describe("an organisation's own guard-rails", () => {
  it("forbid from the next decision on, whatever the manifest permits, and say why", async () => {
    await using one = await opened()
    assert.equal((await one.world.enforce(READ)).effect, "permit")
    const guard = `@id("frozen") @say("nothing is read today") forbid (principal, action in Tabard::Action::"effect:read", resource);`
    assert.equal(await one.put("guard", guard), "version 1")
    const answer = await one.world.enforce(READ)
    assert.equal(answer.effect, "deny")
    assert.deepEqual(answer.decision?.reasons, ["own/frozen"])
    assert.equal(await one.put("guard", "", "own", 1), "version 2")
    assert.equal((await one.world.enforce(READ)).effect, "permit")
  })

  it("are on record as the sole administrator's where nobody else could look at them, and as nobody's else", async () => {
    await using world = await openControlWorld()
    const ann = await world.person("administrator")
    const word = async (seen: number): Promise<unknown> => {
      await putOwnPolicies(world, ann, { address: ownAddress("guard", "own"), source: "", seen })
      return Object((await world.events("policy.put"))[seen]).data.widenedBy
    }
    assert.equal(await word(0), "sole-administrator")
    await world.person("member")
    assert.equal(await word(1), "sole-administrator")
    await world.person("security")
    assert.equal(await word(2), undefined)
  })

  it("are refused with line and column where they say more than a guard-rail may, or what binds nobody", async () => {
    await using one = await opened()
    const forbid = (scope: string): string => `// kept\n  forbid (principal${scope}, action, resource);`
    for (const [source, words] of [
      ["// kept\n  permit (principal, action, resource);", /line 2, column 3.*only forbids/],
      ["forbid (principal, action, resource) when { context.nowhere };", /line 1, column/],
      ["\n\nforbid (principal action, resource);", /line 3, column/],
      [forbid(' in Tabard::Organisation::"org_other"'), /line 2, column 3.*no Organisation org_other/],
      [forbid(' in Tabard::Tier::"operatr"'), /no Tier operatr/],
      [forbid(` == Tabard::Agent::"${STRANGER}"`), /no Agent agt_/],
      [forbid(' == Tabard::Task::"tsk_x"'), /no Task tsk_x/],
      [`forbid (principal, action, resource in Tabard::System::"Github");`, /no System.*is GitHub meant/],
      [`forbid (principal, action, resource in Tabard::System::"production");`, /no System production/],
      [`forbid (principal, action, resource == Tabard::Resource::"notes/a");`, /no Resource notes/],
      [`@aks("owner") ${forbid("")}`, /line 1, column 1.*is @ask meant/],
      [forbid(' in Tabard::Blueprint::"claude"'), /line 2, column 3.*blueprint/],
      [`@id("a") ${forbid("")}\n@id("a") ${forbid("")}`, /twice/],
      [forbid("").repeat(501), /at most 500/],
      [`//${"x".repeat(300_000)}`, /at most 262144/],
    ] as const) {
      const refused = await one.put("guard", source)
      assert.match(refused, /^policy_invalid/, source.slice(0, 100))
      assert.match(refused, words)
    }
    assert.equal((await one.world.enforce(READ)).effect, "permit")
  })

  it("bind by the system that a server is known to work with, and by `unknown` where the catalogue knows none", async () => {
    await using one = await opened()
    const { clock, transact, world, caller } = one.world
    const known: Upstream = {
      id: newId("server", clock),
      name: "code",
      launch: { transport: "http", url: "https://api.githubcopilot.com/mcp/" },
      registeredBy: one.world.owner.id,
      registeredAt: clock.now(),
    }
    await transact(async ({ servers, organisation }) => {
      await servers.insert(known)
      for (const definition of NOTES_TOOLS) await servers.pin(versionOf(known.id, definition, clock.now()))
      await organisation.bumpVersion()
    })
    const reasonsAt = async (server: Upstream): Promise<readonly string[] | undefined> =>
      (await one.world.enforce({ ...READ, server })).decision?.reasons
    const rule = (system: string): string =>
      `@id("kept") forbid (principal, action, resource in Tabard::System::"${system}");`
    await one.put("guard", rule("GitHub"))
    assert.deepEqual(await reasonsAt(known), ["own/kept"])
    assert.notDeepEqual(await reasonsAt(one.world.server), ["own/kept"])
    await one.put("guard", rule("unknown"), "own", 1)
    assert.notDeepEqual(await reasonsAt(known), ["own/kept"])
    assert.deepEqual(await reasonsAt(one.world.server), ["own/kept"])
    const asked = { server: known.id, tool: "read_note", arguments: READ.arguments }
    const point = { kind: "gateway" as const, subjects: ["*"] as const, asserts: [] }
    const deps = { ...world, policies: new PolicyKeeper(), known: new KnownInputs() }
    await one.put("guard", rule("GitHub"), "own", 2)
    const evaluated = await evaluateCall(deps, { who: { token: caller }, point, ...asked })
    assert.deepEqual(evaluated.reasons, ["own/kept"])
  })

  it("may name tools of several servers, and bind each of them as they say", async () => {
    await using one = await opened()
    const { server, owner, world } = one.world
    const other = await notesServer(world, owner, "other")
    const action = (id: string, tool: string): string => `Tabard::Action::"${id}/${tool}"`
    const list = [
      action(server.id, "read_note"),
      action(other.id, "pay"),
      `Tabard::Action::"token.issue"`,
    ].join(", ")
    const rule = (when: string): string =>
      `@id("both") forbid (principal, action in [${list}], resource) ${when};`
    assert.equal(await one.put("guard", rule(`when { context.session.env == "production" }`)), "version 1")
    assert.equal((await one.world.enforce(READ)).effect, "permit")
    assert.equal(await one.put("guard", rule(""), "own", 1), "version 2")
    assert.deepEqual((await one.world.enforce(READ)).decision?.reasons, ["own/both"])
    for (const [id, tool] of [
      ["srv_nowhere", "pay"],
      [other.id, "pya"],
    ] as const)
      assert.match(
        await one.put(
          "guard",
          `forbid (principal, action in [${list}, ${action(id, tool)}], resource);`,
          "own",
          2,
        ),
        /^policy_invalid/,
      )
  })

  it("are not written over by who has not seen the version in force: of many at once one is kept", async () => {
    await using one = await opened()
    const source = `forbid (principal, action in Tabard::Action::"effect:delete", resource);`
    const said = await twentyAtOnce(() => one.put("guard", source))
    assert.equal(said.filter((word) => word === "version 1").length, 1)
    assert.equal(said.filter((word) => word.startsWith("policy_conflict")).length, 19)
  })

  it("are security's and administrators' to write, and each writing is recorded once", async () => {
    await using one = await opened()
    const wish = { address: ownAddress("guard", "own"), source: "", seen: 0 }
    for (const role of ["member", "auditor"] as const)
      await assert.rejects(putOwnPolicies(one.world, await one.world.person(role), wish), {
        code: "not_allowed",
      })
    await one.put("guard", "")
    const [event, ...others] = await one.world.events("policy.put")
    assert.deepEqual(others, [])
    assert.deepEqual(Object(event).data.kind, "guard")
  })
})

describe("what is written by hand beside a manifest", () => {
  it("permits and forbids for its agent besides the manifest, within the tier", async () => {
    await using one = await opened()
    const { agent, server } = one.world
    const principal = `principal == Tabard::Agent::"${agent.id}"`
    const action = (tool: string): string => `action == Tabard::Action::"${server.id}/${tool}"`
    const hand = `@id("no-a") forbid (${principal}, ${action("read_note")}, resource)
      when { context.input has path && context.input.path.text == "/notes/a.md" };`
    assert.equal(await one.put("hand", hand, agent.id), "version 1")
    const denied = await one.world.enforce(READ)
    assert.deepEqual(denied.decision?.reasons, [`${agent.id}/hand/no-a`])
    assert.equal((await one.world.enforce({ ...READ, arguments: { path: "/notes/b.md" } })).effect, "permit")
  })

  it("is refused where its principal is anything but this agent", async () => {
    await using one = await opened()
    const { agent } = one.world
    const other = await one.world.world.agent()
    for (const principal of [
      "principal",
      "principal is Tabard::Agent",
      `principal == Tabard::Agent::"${other.id}"`,
      `principal in Tabard::Agent::"${agent.id}"`,
      `principal is Tabard::Agent in Tabard::Tier::"transactional"`,
    ])
      assert.match(
        await one.put("hand", `permit (${principal}, action, resource);`, agent.id),
        /^policy_invalid.*principal has to be this agent/,
        principal,
      )
  })

  it("is its owner's to write, and no other member's", async () => {
    await using one = await opened()
    const wish = { address: ownAddress("hand", one.world.agent.id), source: "", seen: 0 }
    assert.equal((await putOwnPolicies(one.world, one.world.owner, wish)).version, 1)
    const member = await one.world.person("member")
    await assert.rejects(putOwnPolicies(one.world, member, { ...wish, seen: 1 }), { code: "not_allowed" })
  })
})

describe("an organisation's own tiers", () => {
  const TIERS = "tiers:\n  clerks:\n    words: Reads.\n    reaches: [read]\n"

  it("are ceilings at once, and narrowing one takes away at the next decision", async () => {
    await using one = await opened()
    const { owner, world } = one.world
    const wider = TIERS.replace("[read]", "[read, write]")
    assert.equal(await one.put("tier", wider), "version 1")
    await one.world.world.agent({ mandate: mandateOf(owner, one.world.clock, { tier: "clerks" }) })
    assert.deepEqual((await world.snapshot(tiersInForce)).get("clerks")?.reaches, ["read", "write"])
    assert.match(await one.put("tier", "", "own", 1), /^policy_conflict.*agt_.* has it/)
    assert.equal(await one.put("tier", TIERS, "own", 1), "version 2")
    assert.deepEqual((await world.snapshot(tiersInForce)).get("clerks")?.reaches, ["read"])
  })
})

describe("what may name an own tier", () => {
  const TIERS = "tiers:\n  clerks:\n    words: Reads.\n    reaches: [read]\n"

  it("is each mandate and what is settled of tokens, once the tier is there", async () => {
    await using one = await opened()
    const { clock } = one.world
    const administrator = await one.world.person("administrator")
    const adopt = async (): Promise<unknown> => {
      const { id } = await one.world.world.agent()
      const expiresAt = new Date(clock.now().getTime() + 86_400_000)
      const request = { agent: id, purpose: "p", tier: "clerks", expiresAt, acceptOwnership: true }
      return (await adoptAgent(one.world, administrator, request)).mandate?.oversight
    }
    const { lifetimeMinutes } = DEFAULT_TOKEN_SETTINGS
    const settle = (): Promise<unknown> =>
      putTokenSettings(one.world, administrator, {
        ...DEFAULT_TOKEN_SETTINGS,
        lifetimeMinutes: { ...lifetimeMinutes, clerks: 2 },
        bearerTiers: ["clerks"],
      })
    await assert.rejects(adopt(), { code: "body_invalid", message: /no tier clerks/ })
    await assert.rejects(settle(), { code: "body_invalid", message: /no tier clerks/ })
    await one.put("tier", TIERS)
    await one.world.person("administrator")
    assert.equal(await adopt(), "not-required")
    await settle()
    const settled = await one.world.snapshot(({ organisation }) => organisation.tokenSettings())
    assert.deepEqual([settled.lifetimeMinutes["clerks"], settled.bearerTiers], [2, ["clerks"]])
    assert.match(
      await one.put("tier", TIERS.replace("[read]", "[read, write]"), "own", 1),
      /without a second person/,
    )
  })
})

describe("the cases that policies are held to", () => {
  it("are kept as the other documents are, for who sees the organisation to read, and rule nothing", async () => {
    await using one = await opened()
    const { world } = one
    const written = `version: 1
cases:
  - name: It reads nothing
    who: ${world.agent.id}
    call: { server: notes, tool: read_note }
    when: { task: false }
    expect: deny
`
    assert.match(
      await one.put("cases", written.replace("who", "whom")),
      /^body_invalid: .*line 4, column \d+/,
    )
    assert.match(await one.put("cases", written.replace("tool", "tools")), /line 5, column \d+/)
    assert.equal(await one.put("cases", written), "version 1")
    assert.match(await one.put("cases", ""), /^policy_conflict/)
    assert.equal(await one.put("cases", "", "own", 1), "version 2")
    assert.equal((await world.enforce(READ)).effect, "permit")
    const place = { kind: "cases", subject: "own" } as const
    const read = async (role: "auditor" | "member"): Promise<number> => {
      const person = await world.person(role)
      return world.snapshot(async (tx) => (await policyVersions(tx, person, place)).length)
    }
    assert.equal(await read("auditor"), 2)
    await assert.rejects(read("member"), { code: "policy_not_found" })
  })
})

describe("a named set", () => {
  it("is compiled into the manifests that use it in the transaction of its change", async () => {
    await using one = await opened()
    assert.equal(await one.put("set", "a\n# not this one\nb\na\n", "payees"), "version 1")
    const manifest = `purpose: Keeps the notes tidy
tier: transactional
standing: true
tools:
  - { server: notes, tool: read_note, arguments: { path: { under: { inSet: folders } } } }
`
    await one.put("set", "/notes\n", "folders")
    await putManifest(one.world, one.world.owner, { agent: one.world.agent.id, text: manifest })
    assert.equal((await one.world.enforce(READ)).effect, "permit")
    assert.equal(await one.put("set", "/elsewhere\n", "folders", 1), "version 2")
    assert.equal((await one.world.enforce(READ)).effect, "deny")
    assert.equal(await one.put("set", "/notes\n", "folders", 2), "version 3")
    assert.equal((await one.world.enforce(READ)).effect, "permit")
    assert.equal(await one.put("set", "no folder\n", "folders", 3), "version 4")
    assert.equal((await one.world.enforce(READ)).effect, "deny")
    const told = (await one.world.events("policy.put")).map((event) => Object(event).data.stopped)
    assert.deepEqual(told.at(-1), [one.world.agent.id])
    assert.match(await one.put("set", "a\u200bb", "payees", 1), /line 1, column 2.*nobody can see/)
    assert.match(await one.put("set", lines(1001), "payees", 1), /at most 1000/)
  })
})

describe("a manifest that spells the name of a set so that nobody finds it", () => {
  it("loses what is taken out of the set all the same", async () => {
    await using one = await opened()
    await one.put("set", "/notes\n", "folders")
    const bound = String.raw`{ "in\u0053et": "fold\u0065rs" }`
    const text = `purpose: Keeps the notes tidy
tier: transactional
standing: true
tools:
  - { server: notes, tool: read_note, arguments: { path: { under: ${bound} } } }
`
    await putManifest(one.world, one.world.owner, { agent: one.world.agent.id, text })
    assert.equal((await one.world.enforce(READ)).effect, "permit")
    await one.put("set", "/elsewhere\n", "folders", 1)
    assert.equal((await one.world.enforce(READ)).effect, "deny")
  })
})

function lines(count: number): string {
  return Array.from({ length: count }, (_, at) => `value ${at}`).join("\n")
}
