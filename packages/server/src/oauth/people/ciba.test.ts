import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { resolveApproval } from "@tabard/control"
import { type Approval, ManualClock, newId, systemClock, type User } from "@tabard/core"
import { decodeJwt, decodeProtectedHeader, exportJWK } from "jose"
import { approvalViews } from "../../api/views/approval-views.ts"
import { tellAll } from "../../notifications/told.ts"
import { InvalidAccessToken, verifyAccessToken } from "../access-token.ts"
import { parsePublicKey } from "../public-key.ts"
import { askEndpoint, type EndpointAnswer } from "../testing/endpoint-request.ts"
import { type AgentKey, agentKey, type OAuthWorld, openOAuthWorld } from "../testing/oauth-world.ts"
import { secondAgent } from "../testing/second-agent.ts"
import {
  forTask,
  type RequestChanges,
  requestToken,
  signedAssertion,
  type TokenAnswer,
} from "../testing/token-request.ts"

const GRANT = "urn:openid:params:grant-type:ciba"
const DETAILS = [{ type: "tabard_bounds", calls: 3 }]

describe("asking a person for a token", () => {
  it("CIBA §4: is found in the metadata, with the one way in which its answer comes", async () => {
    await using world = await openOAuthWorld()
    const { metadata } = world.server
    assert.equal(metadata.backchannel_authentication_endpoint, `${world.server.issuer}/bc-authorize`)
    assert.deepEqual(metadata.backchannel_token_delivery_modes_supported, ["poll"])
    assert.equal(metadata.backchannel_user_code_parameter_supported, false)
    assert.ok(metadata.grant_types_supported.includes(GRANT))
    assert.ok(!("backchannel_authentication_request_signing_alg_values_supported" in metadata))
  })

  it("CIBA §7.1: asks the person whom login_hint names exactly what is asked for", async () => {
    await using world = await openOAuthWorld()
    const { status } = await ask(world, {
      scope: "openid read egress",
      binding_message: "W4SC 12",
      authorization_details: JSON.stringify([...DETAILS, { type: "tabard_task", task: world.task.id }]),
    })
    assert.equal(status, 200)
    const [{ question, approvers, state } = assert.fail()] = await questions(world)
    assert.deepEqual(approvers, [world.owner.id])
    assert.equal(state.kind, "pending")
    assert.deepEqual(question, {
      kind: "token",
      agent: world.agent.id,
      instance: world.instance.id,
      task: world.task.id,
      chain: [world.owner.id, world.task.id, world.agent.id],
      resource: world.resource,
      token: {
        served: world.owner.id,
        scope: ["read", "egress"],
        calls: 3,
        mayAct: null,
        message: "W4SC 12",
      },
    })
  })

  it("CIBA §7.1: shows its person what the agent would get, and the words of both screens, which mails say too", async () => {
    await using world = await openOAuthWorld()
    await ask(world, { scope: "openid read", binding_message: "W4SC 12", ...forTask(world.task.id) })
    const [{ id } = assert.fail()] = await questions(world)
    const now = systemClock.now()
    const event = newId("event", systemClock)
    const about = { agent: world.agent.id, subject: id, to: world.owner.id, event, details: {} }
    const times = { at: now, due: now, readAt: null }
    const one = {
      ...about,
      ...times,
      id: newId("notification", systemClock),
      kind: "approval-waiting",
    } as const
    const { shown, told } = await world.shelf.snapshot(async (tx) => {
      const [shown = assert.fail()] = await approvalViews(
        tx,
        await tx.approvals.list({ limit: 1 }),
        world.owner.id,
      )
      return { shown, told: (await tellAll(tx, [one])).get(one.id) ?? assert.fail() }
    })
    const { token, server, resource, effects, mayAnswer } = shown
    assert.deepEqual(token, { message: "W4SC 12", scope: ["read"], calls: null, mayAct: null })
    assert.deepEqual([server, resource, effects, mayAnswer], [null, world.resource, ["read"], true])
    assert.deepEqual([shown.onBehalfOf?.name, shown.task?.text], ["Ada", "Tidy the notes."])
    assert.equal(told.title, "an agent asks you to approve a token by which it acts for you")
    assert.match(told.detail ?? "", /the same words where you use it: W4SC 12$/)
    assert.equal(told.path, `/approvals?question=${id}`)
  })

  it("CIBA §7.3: answers an id of its own that nobody guesses, how long it lasts, and how often to ask", async () => {
    await using world = await openOAuthWorld()
    const [one, other] = [await ask(world), await ask(world)]
    assert.match(String(one.body["auth_req_id"]), /^[\w.-]{43,}$/)
    assert.notEqual(one.body["auth_req_id"], other.body["auth_req_id"])
    assert.equal(one.body["interval"], 5)
    const expires = Number(one.body["expires_in"])
    assert.ok(expires > 0 && expires <= 900)
    assert.equal(one.headers.get("cache-control"), "no-store")
    assert.match(one.headers.get("content-type") ?? "", /^application\/json/)
    assert.equal((await questions(world)).length, 1, "people are asked once")
  })

  for (const [title, form, error] of [
    ["no openid in its scope", { scope: "read" }, "invalid_scope"],
    ["no scope", { scope: null }, "invalid_scope"],
    ["a scope that nobody knows", { scope: "openid profile" }, "invalid_scope"],
    ["no hint", { login_hint: null }, "invalid_request"],
    ["a hint of another kind", { login_hint: null, id_token_hint: "a.b.c" }, "invalid_request"],
    ["two hints", { login_hint_token: "a.b.c" }, "invalid_request"],
    ["no resource", { resource: null }, "invalid_target"],
    ["a resource of somebody else's", { resource: "https://elsewhere.example/" }, "invalid_target"],
    ["details that are none of ours", { authorization_details: "[{}]" }, "invalid_authorization_details"],
    ["a wait that is no number", { requested_expiry: "soon" }, "invalid_request"],
    ["a wait of no time", { requested_expiry: "0" }, "invalid_request"],
  ] as readonly (readonly [string, Form, string])[]) {
    it(`CIBA §7.2: refuses ${title}, and asks nobody`, async () => {
      await using world = await openOAuthWorld()
      const { status, body } = await ask(world, form)
      assert.deepEqual([status, body["error"]], [400, error])
      assert.deepEqual(await questions(world), [])
    })
  }

  for (const [title, message] of [
    ["hides or reorders what is beside it", "pay \u202e 005"],
    ["has several lines", "one\ntwo"],
    ["is longer than anybody reads", "x".repeat(141)],
    ["says nothing", "   "],
  ] as const) {
    it(`CIBA §13: refuses a binding message that ${title}`, async () => {
      await using world = await openOAuthWorld()
      const { status, body } = await ask(world, { binding_message: message })
      assert.deepEqual([status, body["error"]], [400, "invalid_binding_message"])
    })
  }

  it("CIBA §7.1: takes a person by id and by email, who owns the agent or helps with it, and nobody else", async () => {
    await using world = await openOAuthWorld()
    const [helper, stranger, gone] = [await person(world), await person(world), await person(world, false)]
    const { agent, owner } = world
    await world.shelf.transact(async ({ maintainers }) => {
      for (const { id } of [helper, gone])
        await maintainers.add({ agent: agent.id, user: id, addedBy: owner.id, addedAt: systemClock.now() })
    })
    for (const login_hint of [owner.email.toUpperCase(), helper.id, helper.email])
      assert.equal((await ask(world, { login_hint })).status, 200, login_hint)
    for (const login_hint of [stranger.id, stranger.email, gone.id, "nobody@acme.example", agent.id, "*"]) {
      const { status, body } = await ask(world, { login_hint })
      assert.deepEqual([status, body["error"]], [400, "unknown_user_id"], login_hint)
    }
  })

  it("CIBA §7.1: waits as long as is asked for, between a minute and an hour", async () => {
    await using world = await openOAuthWorld()
    for (const [requested_expiry, least, most, scope] of [
      ["120", 60, 120, "openid read"],
      ["1", 1, 60, "openid write"],
      ["86400", 900, 3600, "openid delete"],
    ] as const) {
      const expires = Number((await ask(world, { requested_expiry, scope })).body["expires_in"])
      assert.ok(expires >= least && expires <= most, `${requested_expiry}: ${expires}`)
    }
  })

  it("CIBA §7.1, §7.1.2: passes over what it is told of ping and push, of a code, and of how a person is to sign in", async () => {
    await using world = await openOAuthWorld()
    const form = { client_notification_token: "t", user_code: "1234", acr_values: "urn:example:high" }
    assert.equal((await ask(world, form)).status, 200)
  })

  it("CIBA §7.1.1: refuses a signed request, rather than pass over what it says", async () => {
    await using world = await openOAuthWorld()
    const { status, body } = await ask(world, { request: "a.b.c" })
    assert.deepEqual([status, body["error"]], [400, "invalid_request"])
  })

  it("CIBA §7.2: refuses who does not prove itself, and an assertion that was used", async () => {
    await using world = await openOAuthWorld()
    const stranger = await ask(world, {}, { key: await agentKey() })
    assert.deepEqual([stranger.status, stranger.body["error"]], [401, "invalid_client"])
    const nobody = await ask(world, { client_assertion: null, client_assertion_type: null })
    assert.equal(nobody.status, 400)
    assert.deepEqual(await questions(world), [])
    const assertion = await signedAssertion(world)
    assert.equal((await ask(world, {}, { assertion })).status, 200)
    const again = await ask(world, {}, { assertion })
    assert.deepEqual([again.status, again.body["error"]], [401, "invalid_client"])
    const answer = await fetch(`${world.server.issuer}/bc-authorize`)
    assert.deepEqual([answer.status, answer.headers.get("allow")], [405, "POST"])
  })

  for (const [title, end, error] of [
    ["is suspended", suspended, "unauthorized_client"],
    ["has no owner any more", switchedOff, "unknown_user_id"],
    ["has a revoked install", revoked, "invalid_client"],
  ] as readonly (readonly [string, End, string])[]) {
    it(`CIBA §13: refuses an agent that ${title}`, async () => {
      await using world = await openOAuthWorld()
      await end(world)
      assert.equal((await ask(world)).body["error"], error)
    })
  }

  it("CIBA §13: refuses a client that people sign in, which asks them in their browser", async () => {
    await using world = await openOAuthWorld()
    const key = await agentKey()
    const id = newId("client", systemClock)
    const { jwk } = await parsePublicKey(await exportJWK(key.publicKey))
    const client = { id, name: "Desk", redirectUris: ["https://desk.example/"], keys: [jwk] }
    const by = { createdBy: world.owner.id, createdAt: systemClock.now(), removedAt: null }
    await world.shelf.transact(({ clients }) => clients.insert({ ...client, ...by }))
    const { status, body } = await ask(world, {}, { key, claims: { iss: id, sub: id } })
    assert.deepEqual([status, body["error"]], [400, "unauthorized_client"])
  })

  it("refuses a task that is not of the person who is asked", async () => {
    await using world = await openOAuthWorld()
    const helper = await person(world)
    const { agent, owner, task } = world
    await world.shelf.transact(({ maintainers }) =>
      maintainers.add({ agent: agent.id, user: helper.id, addedBy: owner.id, addedAt: systemClock.now() }),
    )
    const { body } = await ask(world, { login_hint: helper.id, ...forTask(task.id) })
    assert.equal(body["error"], "invalid_authorization_details")
  })

  it("CIBA §13: does not ask a person again within the hour what they refused, in whatever words and for however much", async () => {
    const clock = new ManualClock(new Date().toISOString())
    await using world = await openOAuthWorld("ES256", "/oauth", { clock })
    await ask(world, bounded(999_999))
    await answer(world, "denied", clock)
    for (const form of [
      {},
      { binding_message: "please" },
      { scope: "openid read" },
      bounded(1_000_000),
      bounded(999_998),
    ]) {
      const { status, body } = await ask(world, form)
      assert.deepEqual([status, body["error"]], [403, "access_denied"], JSON.stringify(form))
    }
    assert.equal((await ask(world, forTask(world.task.id))).status, 200, "for a task it is another question")
    clock.advance(3_600_000)
    assert.equal((await ask(world)).status, 200)
  })

  it("CIBA §13: leaves a person alone for an hour who has refused an agent three times, and nobody else", async () => {
    await using world = await openOAuthWorld()
    const helper = await person(world)
    const { agent, owner } = world
    await world.shelf.transact(({ maintainers }) =>
      maintainers.add({ agent: agent.id, user: helper.id, addedBy: owner.id, addedAt: systemClock.now() }),
    )
    const places = [world.resource, `${world.resource}/notes`, `${world.resource}/mail`]
    for (const name of ["notes", "mail"]) await serve(world, name)
    for (const resource of places) {
      assert.equal((await ask(world, { resource })).status, 200)
      await answer(world, "denied")
    }
    const another = forTask(world.task.id)
    assert.equal((await ask(world, another)).body["error"], "access_denied")
    assert.equal((await ask(world, { login_hint: helper.id })).status, 200)
  })

  it("has whoever asks too often wait, before anybody is asked", async () => {
    const often: string[] = []
    const begun = (who: string): number => (often.push(who) > 1 ? 7 : 0)
    await using world = await openOAuthWorld("ES256", "/oauth", { begun })
    assert.equal((await ask(world)).status, 200)
    const { status, body } = await ask(world, { scope: "openid read" })
    assert.deepEqual([status, body["error"]], [429, "slow_down"])
    assert.match(String(body["error_description"]), /7 seconds/)
    assert.deepEqual(often, [world.instance.id, world.instance.id])
    assert.equal((await questions(world)).length, 1)
  })

  it("asks nobody while the record is not kept", async () => {
    const record = { stop: async () => ({ all: true, words: "The record is not kept." }) }
    await using world = await openOAuthWorld("ES256", "/oauth", { record })
    const { status, body } = await ask(world)
    assert.deepEqual([status, body["error"]], [400, "temporarily_unavailable"])
    assert.deepEqual(await questions(world), [])
  })

  it("CIBA §13: has no more requests wait for one answer than an agent makes that starts anew", async () => {
    await using world = await openOAuthWorld()
    const first = await asked(world)
    for (let n = 1; n < 20; n++) await asked(world)
    const { status, body } = await ask(world)
    assert.deepEqual([status, body["error"]], [403, "access_denied"])
    assert.equal((await ask(world, { binding_message: "another" })).status, 200)
    assert.equal((await poll(world, first)).body["error"], "authorization_pending")
  })

  it("CIBA §13: has no more questions of one agent wait than people keep apart", async () => {
    await using world = await openOAuthWorld()
    for (let n = 0; n < 20; n++) assert.equal((await ask(world, { binding_message: `n ${n}` })).status, 200)
    const { status, body } = await ask(world, { binding_message: "one more" })
    assert.deepEqual([status, body["error"]], [403, "access_denied"])
    assert.equal((await ask(world, { binding_message: "n 7" })).status, 200, "one that waits may be joined")
  })
})

describe("the token that a person said yes to", () => {
  it("CIBA §10.1.1: is for what was asked, acts for who said yes, and is bound to the key that asked", async () => {
    await using world = await openOAuthWorld()
    const details = JSON.stringify([...DETAILS, { type: "tabard_task", task: world.task.id }])
    const id = await asked(world, { scope: "openid read", authorization_details: details })
    await answer(world, "approved")
    const { status, body } = await poll(world, id)
    assert.equal(status, 200)
    assert.equal(body["token_type"], "DPoP")
    assert.equal(body["scope"], "openid read")
    const claims = decodeJwt(String(body["access_token"]))
    assert.equal(claims.sub, world.owner.id)
    const { trustDomain } = world.organisation
    const sub = `spiffe://${trustDomain}/agent/${world.agent.id}/instance/${world.instance.id}`
    assert.deepEqual(claims["act"], { sub })
    assert.deepEqual(claims["cnf"], { jkt: world.instance.thumbprint })
    assert.deepEqual([claims["scope"], claims["task"]], ["read", world.task.id])
    const record = await world.shelf.snapshot(({ tokens }) => tokens.find(String(claims.jti)))
    assert.deepEqual([record?.grant, record?.served, record?.callsLeft], ["ciba", world.owner.id, 3])
    const [spent = assert.fail()] = await questions(world)
    assert.ok(spent.spentBy)
  })

  it("CIBA §10.1.1: comes with an ID token about who said yes, for the client alone, which opens no door", async () => {
    await using world = await openOAuthWorld()
    const id = await asked(world)
    await answer(world, "approved")
    const token = String((await poll(world, id)).body["id_token"])
    const { iat = 0, exp = 0, ...claims } = decodeJwt(token)
    const { issuer } = world.server
    assert.deepEqual(claims, { iss: issuer, sub: world.owner.id, aud: world.instance.id })
    assert.ok(exp > iat && exp - iat <= 300)
    assert.equal(decodeProtectedHeader(token).typ, "JWT")
    const checks = { jwks: world.server.jwks(), issuer, now: systemClock.now() }
    for (const audiences of [[world.resource], [world.instance.id]])
      await assert.rejects(verifyAccessToken(token, { ...checks, audiences }), InvalidAccessToken)
  })

  it("CIBA §10.1: is given once, also to twenty who ask at once", async () => {
    await using world = await openOAuthWorld()
    const [one, other] = [await asked(world), await asked(world)]
    await answer(world, "approved")
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => poll(world, n % 2 ? one : other)))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    for (const { status, body } of answers) if (status !== 200) assert.equal(body["error"], "invalid_grant")
    assert.equal((await poll(world, one)).body["error"], "invalid_grant")
  })

  it("CIBA §11: is waited for, and whoever asks too soon has to wait five seconds longer each time", async () => {
    const clock = new ManualClock(new Date().toISOString())
    await using world = await openOAuthWorld("ES256", "/oauth", { clock })
    const id = await asked(world)
    const told = async (): Promise<unknown> => (await poll(world, id, { proof: null })).body["error"]
    assert.equal(await told(), "authorization_pending")
    clock.advance(5000)
    assert.equal(await told(), "authorization_pending")
    clock.advance(1000)
    assert.equal(await told(), "slow_down")
    clock.advance(5000)
    assert.equal(await told(), "slow_down", "ten seconds from now on")
    clock.advance(15_000)
    assert.equal(await told(), "authorization_pending")
  })

  it("CIBA §11: is refused where the person said no", async () => {
    await using world = await openOAuthWorld()
    const id = await asked(world)
    await answer(world, "denied")
    const { status, body } = await poll(world, id)
    assert.deepEqual([status, body["error"]], [400, "access_denied"])
  })

  it("CIBA §11: is over when nobody answered in time, and when nobody fetched it", async () => {
    const clock = new ManualClock(new Date().toISOString())
    await using world = await openOAuthWorld("ES256", "/oauth", { clock })
    const [one, other] = [
      await asked(world, { scope: "openid read" }),
      await asked(world, { scope: "openid" }),
    ]
    await answer(world, "approved", clock)
    clock.advance(900_000)
    for (const id of [one, other]) {
      const { status, body } = await poll(world, id, { proof: null })
      assert.deepEqual([status, body["error"]], [400, "expired_token"])
    }
  })

  it("CIBA §11: is nobody else's: no other agent's, and no other install's", async () => {
    await using world = await openOAuthWorld()
    const id = await asked(world)
    await answer(world, "approved")
    for (const other of [await secondAgent(world), await secondInstall(world)])
      assert.equal((await poll(other, id)).body["error"], "invalid_grant")
    for (const nothing of ["x", "x".repeat(43), `${id}x`])
      assert.equal((await poll(world, nothing)).body["error"], "invalid_grant")
    assert.equal((await poll(world, id)).status, 200)
  })

  it("CIBA §10.1: is refused to a request without an id, and to one that asks for more on the way", async () => {
    await using world = await openOAuthWorld()
    const id = await asked(world)
    await answer(world, "approved")
    for (const form of [{ auth_req_id: null }, { scope: "openid write" }])
      assert.equal((await poll(world, id, { form })).body["error"], "invalid_request")
    const elsewhere = { resource: `${world.resource}/another` }
    assert.equal((await poll(world, id, { form: elsewhere })).body["error"], "invalid_target")
    assert.equal((await poll(world, id, { form: { resource: world.resource } })).status, 200)
  })

  it("is refused to a proof by another key, and without one where its tier wants it", async () => {
    await using world = await openOAuthWorld()
    const id = await asked(world)
    await answer(world, "approved")
    assert.equal((await poll(world, id, { proofKey: await agentKey() })).body["error"], "invalid_dpop_proof")
    assert.equal((await poll(world, id, { proof: null })).body["error"], "invalid_grant")
    assert.equal((await poll(world, id)).status, 200, "neither has used it up")
  })

  it("is refused once its agent is suspended, its task closed or its person does not answer for it", async () => {
    await using world = await openOAuthWorld()
    const helper = await person(world)
    const { agent, owner } = world
    const added = { agent: agent.id, user: helper.id, addedBy: owner.id, addedAt: systemClock.now() }
    await world.shelf.transact(({ maintainers }) => maintainers.add(added))
    const id = await asked(world, { login_hint: helper.id })
    await answer(world, "approved")
    const helps = await world.shelf.transact(({ maintainers }) => maintainers.remove(agent.id, helper.id))
    assert.ok(helps)
    assert.equal((await poll(world, id)).body["error"], "access_denied")

    const tasked = await asked(world, forTask(world.task.id))
    await answer(world, "approved")
    await world.shelf.transact(({ tasks }) => tasks.close(world.task.id, systemClock.now()))
    assert.equal((await poll(world, tasked)).body["error"], "invalid_authorization_details")

    const plain = await asked(world)
    await answer(world, "approved")
    await suspended(world)
    assert.equal((await poll(world, plain)).body["error"], "unauthorized_client")
  })

  it("cannot be agreed to by anybody else, nor while its agent may not have it; it may always be refused", async () => {
    await using world = await openOAuthWorld()
    await asked(world)
    const stranger = await person(world)
    const [question = assert.fail()] = await questions(world)
    const deps = { ...world.shelf, organisation: world.organisation, clock: systemClock }
    const resolve = (by: User, verdict: "approved" | "denied") =>
      resolveApproval(deps, by.id, question.id, verdict)
    await assert.rejects(resolve(stranger, "approved"), { code: "not_an_approver" })
    await suspended(world)
    await assert.rejects(resolve(world.owner, "approved"), { code: "agent_not_active" })
    assert.equal((await resolve(world.owner, "denied")).state.kind, "denied")
  })
})

type Form = Readonly<Record<string, string | null>>
type End = (world: OAuthWorld) => Promise<unknown>

function ask(world: OAuthWorld, form: Form = {}, changes: RequestChanges = {}): Promise<EndpointAnswer> {
  const usual = { scope: "openid", resource: world.resource, login_hint: world.owner.id }
  return askEndpoint(world, `${world.server.issuer}/bc-authorize`, { ...usual, ...form }, changes)
}

async function asked(world: OAuthWorld, form: Form = {}): Promise<string> {
  const { status, body } = await ask(world, form)
  assert.equal(status, 200, JSON.stringify(body))
  return String(body["auth_req_id"])
}

function poll(world: OAuthWorld, id: string, changes: RequestChanges = {}): Promise<TokenAnswer> {
  const form = { grant_type: GRANT, auth_req_id: id, resource: null, ...changes.form }
  return requestToken(world, { ...changes, form })
}

function questions({ shelf, agent }: OAuthWorld): Promise<readonly Approval[]> {
  return shelf.snapshot(({ approvals }) => approvals.list({ agent: agent.id, limit: 50 }))
}

/** Whoever was asked last answers. */
async function answer(
  world: OAuthWorld,
  verdict: "approved" | "denied",
  clock: Pick<ManualClock, "now"> = systemClock,
): Promise<void> {
  const { shelf, organisation } = world
  const pending = (await questions(world)).filter(({ state }) => state.kind === "pending")
  const [{ id, approvers } = assert.fail("nobody was asked")] = pending
  const [by = assert.fail()] = approvers
  await resolveApproval({ ...shelf, organisation, clock }, by, id, verdict)
}

async function person({ shelf }: OAuthWorld, active = true): Promise<User> {
  const id = newId("user", systemClock)
  const createdAt = systemClock.now()
  const user: User = { id, name: "Bob", email: `${id}@acme.example`, role: "member", active, createdAt }
  await shelf.transact(({ users }) => users.insert(user))
  return user
}

async function secondInstall(world: OAuthWorld): Promise<OAuthWorld> {
  const key: AgentKey = await agentKey()
  const id = newId("instance", systemClock)
  const instance = { ...world.instance, id, ...(await parsePublicKey(await exportJWK(key.publicKey))) }
  await world.shelf.transact(({ instances }) => instances.insert(instance))
  return { ...world, instance, key }
}

function suspended({ shelf, agent }: OAuthWorld): Promise<unknown> {
  return shelf.transact(({ agents }) => agents.move(agent.id, ["active"], "suspended"))
}

function switchedOff({ shelf, owner }: OAuthWorld): Promise<unknown> {
  return shelf.transact(({ users }) => users.setActive(owner.id, false))
}

function revoked({ shelf, instance }: OAuthWorld): Promise<unknown> {
  return shelf.transact(({ instances }) => instances.revoke(instance.id, systemClock.now()))
}

function bounded(calls: number): Form {
  return { authorization_details: JSON.stringify([{ type: "tabard_bounds", calls }]) }
}

async function serve({ shelf, owner }: OAuthWorld, name: string): Promise<void> {
  const launch = { transport: "http", url: "https://upstream.test/" } as const
  const by = { registeredBy: owner.id, registeredAt: systemClock.now() }
  await shelf.transact(({ servers }) =>
    servers.insert({ id: newId("server", systemClock), name, launch, ...by }),
  )
}
