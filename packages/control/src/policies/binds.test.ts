import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { EFFECT_CLASSES, Problem } from "@tabard/core"
import { ANNOTATIONS, compileSchema, DOORS } from "@tabard/policy"
import { resolveApproval } from "../approvals/resolve-approval.ts"
import type { EnforcementPoint } from "../decisions/enforcement-point-store.ts"
import { asked, type CallWorld, openCallWorld, tokenFor } from "../decisions/testing/call-world.ts"
import { addTeamMember, makeTeam } from "../directory/teams.ts"
import type { PresentedToken } from "../tokens/check-token.ts"
import { instanceOf } from "../tokens/testing/token-world.ts"
import { ownAddress } from "./own-address.ts"
import { putOwnPolicies } from "./put-own-policies.ts"

const SCHEMA = compileSchema([]).json["Tabard"]

/** An agent that reads a note for its owner, in a task, by a key in a TPM, from a network that its door saw. */
interface World {
  readonly call: CallWorld
  readonly team: string
  readonly caller: PresentedToken
  readonly point: EnforcementPoint
}

/** A policy that forbids what the world's agent does, or the words by which such a policy is refused. */
type Row = ((world: World) => string) | { readonly source: string; readonly refused: RegExp }

const forbid = (scope: string): string => `forbid (${scope});`
const when = (condition: string) => (): string =>
  `forbid (principal, action, resource) when { ${condition} };`

const ENTITIES: Readonly<Record<string, Row>> = {
  Organisation: ({ call }) =>
    forbid(`principal in Tabard::Organisation::"${call.organisation.id}", action, resource`),
  Team: ({ team }) => forbid(`principal in Tabard::Team::"${team}", action, resource`),
  Tier: () => forbid(`principal in Tabard::Tier::"transactional", action, resource`),
  Blueprint: {
    source: forbid(`principal in Tabard::Blueprint::"claude", action, resource`),
    refused: /blueprint/,
  },
  System: () => forbid(`principal, action, resource in Tabard::System::"unknown"`),
  User: ({ call }) => forbid(`principal == Tabard::User::"${call.owner.id}", action, resource`),
  Agent: ({ call }) => forbid(`principal == Tabard::Agent::"${call.agent.id}", action, resource`),
  Task: ({ call }) => forbid(`principal == Tabard::Task::"${call.task.id}", action, resource`),
  Server: ({ call }) => forbid(`principal, action, resource in Tabard::Server::"${call.server.id}"`),
  Resource: ({ call }) =>
    forbid(`principal, action, resource == Tabard::Resource::"${call.server.id}//notes/a.md"`),
}

const ATTRIBUTES: Readonly<Record<string, Row>> = {
  "User.active": when("principal is Tabard::User && principal.active"),
  "Agent.owner": when("principal is Tabard::Agent && principal has owner"),
  "Agent.category": when(`principal is Tabard::Agent && principal.category == "production"`),
  "Agent.risk": when("principal is Tabard::Agent && principal.risk > 0"),
  "Resource tags": {
    source: when(`resource is Tabard::Resource && resource.hasTag("class")`)(),
    refused: /has tags/,
  },
}

const SESSION: Readonly<Record<string, Row>> = {
  now: when(`context.session.now > datetime("2000-01-01")`),
  door: when(`context.session.door == "gateway"`),
  env: when(`context.session.env == "default"`),
  bound: when(`context.session.bound == "dpop"`),
  ip: when(`context.session has ip && context.session.ip == ip("10.1.2.3")`),
  posture: when(`context.session.posture.contains("key:tpm")`),
  task: ({ call }) =>
    when(`context.session has task && context.session.task == Tabard::Task::"${call.task.id}"`)(),
  onBehalfOf: ({ team }) =>
    when(`context.session has onBehalfOf && context.session.onBehalfOf in Tabard::Team::"${team}"`)(),
  depth: when("context.session.depth == 1"),
  tool: when("context.session.tool.pinned && context.session.tool.lowered"),
  prov: when(`context.session.prov.target.contains("unknown")`),
  read: when(`context.session.read.contains("critical")`),
  left: when(`context.session.left.calls == 0 && context.session.left.spend == decimal("0.0")`),
  // What an approval tells is shown by a test of its own.
  approved: when('!context.session.approved.contains("security")'),
}

const MARKED: Readonly<Record<string, Row>> = {
  id: () => `@id("kept") ${forbid("principal, action, resource")}`,
  say: () => `@say("not today") ${forbid("principal, action, resource")}`,
  ask: () =>
    `@ask("owner") forbid (principal, action, resource) unless { context.session.approved.contains("owner") };`,
  requestable: {
    source: `@requestable("owner") permit (principal, action, resource);`,
    refused: /only forbids/,
  },
}

describe("whatever a guard-rail may say binds a call that is enforced, or is refused as it is saved", () => {
  let opened: World & { put(source: string): Promise<string> }
  before(async () => {
    opened = await openWorld()
  })
  after(() => opened.call[Symbol.asyncDispose]())

  for (const [what, row] of Object.entries({ ...ENTITIES, ...ATTRIBUTES, ...SESSION, ...MARKED }))
    it(what, async () => {
      const said = await opened.put(typeof row === "function" ? row(opened) : row.source)
      if (typeof row !== "function") return assert.match(said, row.refused)
      assert.match(said, /^own\//)
      const answer = await read(opened)
      assert.notEqual(answer.effect, "permit")
      assert.deepEqual(answer.decision?.reasons, [said])
    })

  it("every type of entity is among these, each with its attributes", () => {
    const types = SCHEMA?.entityTypes ?? {}
    assert.deepEqual(namesOf(ENTITIES), namesOf(types))
    const told = Object.entries(types).flatMap(([name, type]) => [
      ...attributesOf("shape" in type ? type.shape : undefined).map((attribute) => `${name}.${attribute}`),
      ...("tags" in type ? [`${name} tags`] : []),
    ])
    assert.deepEqual(namesOf(ATTRIBUTES), told.toSorted())
  })

  it("every member of the session, every door and every annotation is among these", () => {
    assert.deepEqual(namesOf(SESSION), attributesOf(SCHEMA?.commonTypes?.["Session"]).toSorted())
    assert.deepEqual(namesOf(MARKED), namesOf(ANNOTATIONS))
    const groups = ["tools/call", ...EFFECT_CLASSES.map((effect) => `effect:${effect}`)]
    // What is forbidden at each door is shown in judge-door.test.ts.
    assert.deepEqual(namesOf(SCHEMA?.actions ?? {}), [...groups, ...DOORS].toSorted())
  })

  it("an approval that is spent on the call is told as well", async () => {
    await opened.put("")
    const attempt = { caller: opened.caller }
    const question = asked(await opened.call.enforce(attempt, { point: opened.point }))
    await resolveApproval(opened.call, opened.call.owner.id, question.id, "approved")
    const said = await opened.put(when(`context.session.approved.contains("owner")`)())
    const spent = await opened.call.enforce({ ...attempt, handle: question.handle }, { point: opened.point })
    assert.deepEqual(spent.decision?.reasons, [said])
  })
})

function namesOf(table: object): readonly string[] {
  return Object.keys(table).toSorted()
}

function attributesOf(type: object | undefined): readonly string[] {
  return type && "attributes" in type ? Object.keys(Object(type.attributes)) : []
}

function read({ call, caller, point }: World): ReturnType<CallWorld["enforce"]> {
  const attempt = { tool: "read_note", arguments: { path: "/notes/a.md" }, caller }
  return call.enforce(attempt, { point })
}

async function openWorld(): Promise<World & { put(source: string): Promise<string> }> {
  const call = await openCallWorld()
  const { agent, clock, owner, task, transact } = call
  const security = await call.person("security")
  const ann = await call.world.person("administrator", { email: "ann@acme.example" })
  const words = { externalName: null, keptBy: "people", lead: null } as const
  const team = await makeTeam(call, ann, { name: "Interns", ...words })
  await addTeamMember(call, ann, { team, user: owner.id })
  const instance = { ...instanceOf(agent, clock), keyStorage: "tpm" as const }
  await transact(({ instances }) => instances.insert(instance))
  const caller = { ...(await tokenFor(call, { agent, instance, task: task.id })), address: "10.1.2.3" }
  const point: EnforcementPoint = { ...call.point, asserts: ["network", "resolved-path"] }
  const world = { call, team, caller, point }
  assert.equal((await read(world)).effect, "permit")
  let seen = 0
  return {
    ...world,
    put: async (source) => {
      try {
        seen = (await putOwnPolicies(call, security, { address: ownAddress("guard", "own"), source, seen }))
          .version
        return /@id/.test(source) ? "own/kept" : "own/1"
      } catch (error) {
        if (error instanceof Problem) return error.message
        throw error
      }
    },
  }
}
