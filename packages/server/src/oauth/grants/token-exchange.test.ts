import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { withdrawDelegation } from "@tabard/control"
import { DEFAULT_TOKEN_SETTINGS, newId, systemClock, type Upstream } from "@tabard/core"
import { decodeJwt, SignJWT } from "jose"
import { authenticateAgent } from "../authenticate-agent.ts"
import { agentKey, type OAuthWorld, openOAuthWorld, taskOf } from "../testing/oauth-world.ts"
import { allow, secondAgent } from "../testing/second-agent.ts"
import { forTask, hashOf, requestToken, signedProof, type TokenAnswer } from "../testing/token-request.ts"
import { Unauthorized } from "../unauthorized.ts"

const TYPE = "urn:ietf:params:oauth:token-type:access_token"

describe("exchanging a token", () => {
  it("RFC 8693 §2.2.1: answers a token, its type, how it is used, how long it lives and what it is good for", async () => {
    await using world = await openOAuthWorld()
    const { helper, subject } = await pair(world)
    const { body, response } = await exchange(helper, { subject_token: subject, scope: "write read" })
    assert.equal(body["issued_token_type"], TYPE)
    assert.equal(body["token_type"], "DPoP")
    assert.equal(body["scope"], "read write")
    assert.ok(Number(body["expires_in"]) > 0)
    assert.deepEqual(body["authorization_details"], [{ type: "tabard_task", task: world.task.id }])
    assert.match(response.headers.get("cache-control") ?? "", /no-store/)
    assert.equal("refresh_token" in body, false)
  })

  it("RFC 8693 §4.1: keeps the subject, and nests who acted before in whoever acts now", async () => {
    await using world = await openOAuthWorld()
    const { helper, subject } = await pair(world)
    const second = String((await exchange(helper, { subject_token: subject })).body["access_token"])
    const last = await secondAgent(world)
    await allow(helper, last)
    const third = String((await exchange(last, { subject_token: second })).body["access_token"])

    const claims = decodeJwt(third)
    assert.equal(claims.sub, spiffe(world))
    assert.deepEqual(claims["act"], { sub: spiffe(last), act: { sub: spiffe(helper) } })
    assert.equal(claims["client_id"], last.instance.id)
    assert.equal(claims["agent"], last.agent.id)
    assert.equal(claims["task"], world.task.id)
    assert.deepEqual(claims["cnf"], { jkt: last.instance.thumbprint })
    assert.deepEqual(decodeJwt(second)["act"], { sub: spiffe(helper) })
    assert.equal("act" in decodeJwt(subject), false)
    assert.equal((await admitted(last, third)).task?.id, world.task.id)
  })

  it("RFC 8693 §4.2: writes the scope as one text, and never more than was exchanged", async () => {
    await using world = await openOAuthWorld()
    const { helper } = await pair(world)
    const subject = await tokenOf(world, { scope: "read write" })
    const narrowed = await exchange(helper, { subject_token: subject })
    assert.equal(decodeJwt(String(narrowed.body["access_token"]))["scope"], "read write")
    for (const scope of ["read delete", "delete"])
      assert.equal((await exchange(helper, { subject_token: subject, scope })).body["error"], "invalid_scope")
    const unknown = await exchange(helper, { subject_token: subject, scope: "everything" })
    assert.equal(unknown.body["error"], "invalid_scope")
  })

  it("RFC 8693 §4.4: lets nobody but the party of may_act exchange a token, and that one only if it is allowed", async () => {
    await using world = await openOAuthWorld()
    const { helper } = await pair(world)
    const other = await secondAgent(world)
    const details = (agent: string) => ({
      authorization_details: JSON.stringify([{ type: "tabard_bounds", may_act: agent }]),
    })
    const stranger = await requestToken(world, { form: details(other.agent.id) })
    assert.equal(stranger.body["error"], "invalid_request")
    await allow(world, other)
    const subject = await tokenOf(world, details(helper.agent.id))
    assert.deepEqual(decodeJwt(subject)["may_act"], {
      sub: `spiffe://acme.example/agent/${helper.agent.id}`,
    })
    assert.equal((await exchange(other, { subject_token: subject })).body["error"], "invalid_request")
    assert.equal((await exchange(helper, { subject_token: subject })).status, 200)
  })

  it("RFC 8693 §2.1: issues for one target, by resource or by audience, and for no other than was exchanged", async () => {
    await using world = await openOAuthWorld()
    const { helper, subject } = await pair(world)
    for (const name of ["notes", "mail"]) await register(world, name)
    const notes = `${world.resource}/notes`
    for (const form of [{ resource: notes }, { audience: "notes" }, { resource: notes, audience: "notes" }]) {
      const { body } = await exchange(helper, { subject_token: subject, ...form })
      assert.equal(decodeJwt(String(body["access_token"])).aud, notes, JSON.stringify(body))
    }
    const one = await exchange(helper, { subject_token: subject, audience: "notes" })
    const narrow = String(one.body["access_token"])
    const last = await secondAgent(world)
    await allow(helper, last)
    for (const form of [{ audience: "mail" }, { resource: world.resource }])
      assert.equal((await exchange(last, { subject_token: narrow, ...form })).body["error"], "invalid_target")
    for (const form of [
      { audience: "elsewhere" },
      { resource: "https://elsewhere.example/" },
      { resource: notes, audience: "mail" },
    ])
      assert.equal(
        (await exchange(helper, { subject_token: subject, ...form })).body["error"],
        "invalid_target",
      )
  })

  it("narrows the calls, and refuses more than are left and another task", async () => {
    await using world = await openOAuthWorld()
    const { helper } = await pair(world)
    const bounds = (calls: number) => ({
      authorization_details: JSON.stringify([{ type: "tabard_bounds", calls }]),
    })
    const subject = await tokenOf(world, bounds(10))
    const fewer = await exchange(helper, { subject_token: subject, ...bounds(3) })
    assert.equal(fewer.status, 200, JSON.stringify(fewer.body))
    for (const form of [bounds(11), forTask(newId("task", systemClock))]) {
      const { body } = await exchange(helper, { subject_token: subject, ...form })
      assert.equal(body["error"], "invalid_authorization_details")
    }
  })

  it("takes a bound token of the agent's own in place of an assertion", async () => {
    await using world = await openOAuthWorld()
    const { helper, subject } = await pair(world)
    const own = await tokenOf(helper, { scope: "read" })
    const form = { ...actor(own), subject_token: subject, ...NOBODY }
    const { status, body } = await exchange(helper, form)
    assert.equal(status, 200, JSON.stringify(body))
    // What proves an agent bounds it as well.
    assert.equal(body["scope"], "read")
    const stolen = await requestToken(helper, {
      proofKey: await agentKey(),
      form: { ...base(helper), ...form },
    })
    assert.equal(stolen.body["error"], "invalid_request")
    const unproven = await requestToken(helper, { proof: null, form: { ...base(helper), ...form } })
    assert.equal(unproven.body["error"], "invalid_dpop_proof")
  })

  it("answers nothing for a target or a task that the actor_token is not for", async () => {
    await using world = await openOAuthWorld()
    const { helper, subject } = await pair(world)
    for (const name of ["notes", "mail"]) await register(world, name)
    const notes = `${world.resource}/notes`
    const ofNotes = { ...actor(await tokenOf(helper, { resource: notes })), ...NOBODY }
    const within = await exchange(helper, { ...ofNotes, subject_token: subject, resource: notes })
    assert.equal(decodeJwt(String(within.body["access_token"])).aud, notes, JSON.stringify(within.body))
    for (const resource of [null, world.resource, `${world.resource}/mail`]) {
      const { body } = await exchange(helper, { ...ofNotes, subject_token: subject, resource })
      assert.deepEqual([body["error"], body["access_token"]], ["invalid_target", undefined])
    }

    const own = taskOf(helper.agent)
    await world.shelf.transact(({ tasks }) => tasks.insert(own))
    const ofTask = { ...actor(await tokenOf(helper, forTask(own.id))), ...NOBODY }
    const { body } = await exchange(helper, { ...ofTask, subject_token: subject })
    assert.equal(body["error"], "invalid_authorization_details", JSON.stringify(body))
  })
})

const REFUSED: readonly (readonly [
  clause: string,
  form: (parties: Parties) => Promise<Record<string, string | null>>,
])[] = [
  ["RFC 8693 §2.1: no subject_token", async () => ({ subject_token: null })],
  ["RFC 8693 §2.1: no subject_token_type", async () => ({ subject_token_type: null })],
  [
    "RFC 8693 §2.1: a subject_token of another type",
    async () => ({ subject_token_type: "urn:ietf:params:oauth:token-type:id_token" }),
  ],
  [
    "RFC 8693 §2.1: another type than an access token asked for",
    async () => ({ requested_token_type: "urn:ietf:params:oauth:token-type:refresh_token" }),
  ],
  ["RFC 8693 §2.1: an actor_token without its type", async ({ own }) => ({ actor_token: own })],
  ["RFC 8693 §2.1: an actor_token_type without an actor_token", async () => ({ actor_token_type: TYPE })],
  ["RFC 8693 §2.2.2: a subject_token that is no token", async () => ({ subject_token: "trust me" })],
  [
    "RFC 8693 §2.2.2: a subject_token that others signed",
    async ({ world }) => ({ subject_token: await forged(world) }),
  ],
  [
    "RFC 8693 §2.2.2: a subject_token that was revoked",
    async ({ world, subject }) => {
      await world.shelf.transact(({ tokens }) => tokens.revokeOne(jtiOf(subject), systemClock.now()))
      return {}
    },
  ],
  [
    "RFC 8693 §2.2.2: a subject_token of an agent that was suspended",
    async ({ world }) => {
      await world.shelf.transact(({ agents }) => agents.move(world.agent.id, ["active"], "suspended"))
      return {}
    },
  ],
  [
    "RFC 8693 §2.2.2: a subject_token of a task that is over",
    async ({ world }) => {
      await world.shelf.transact(({ tasks }) => tasks.close(world.task.id, systemClock.now()))
      return {}
    },
  ],
  ["RFC 8693 §2.2.2: an actor_token that is no token", async () => actor("trust me")],
  ["RFC 8693 §2.2.2: an actor_token of somebody else's", async ({ subject }) => actor(subject)],
  [
    "RFC 8693 §1.1: an agent that nobody allowed to act for the other",
    async ({ world, helper, allowed }) => {
      const deps = { ...world.shelf, organisation: world.organisation, clock: systemClock }
      assert.equal((await withdrawDelegation(deps, world.owner, allowed)).tokens, 0)
      assert.ok(helper)
      return {}
    },
  ],
  ["RFC 8693 §1.1: an agent that is acted for already", async ({ own }) => ({ subject_token: own })],
]

describe("the exchange of tokens answers invalid_request to", () => {
  for (const [clause, form] of REFUSED) {
    it(clause, async () => {
      await using world = await openOAuthWorld()
      const { helper, subject, allowed } = await pair(world)
      const own = await tokenOf(helper)
      const parties = { world, helper, subject, own, allowed: allowed.id }
      const changes = await form(parties)
      const { status, body } = await exchange(helper, { subject_token: subject, ...changes })
      assert.deepEqual([status, body["error"]], [400, "invalid_request"], JSON.stringify(body))
      assert.equal("access_token" in body, false)
      assert.deepEqual(world.faults, [])
    })
  }

  it("RFC 8693 §2.1: a client that proves nothing", async () => {
    await using world = await openOAuthWorld()
    const { helper, subject } = await pair(world)
    const { body } = await exchange(helper, { subject_token: subject, ...NOBODY })
    assert.equal(body["error"], "invalid_client")
  })
})

describe("a token that was exchanged", () => {
  it("counts from no further than what it came from, whatever was settled since", async () => {
    await using world = await openOAuthWorld()
    const networks = ["10.0.0.0/8"]
    const settle = (transactional: readonly string[]) =>
      world.shelf.transact(({ organisation }) =>
        organisation.putTokenSettings({
          ...DEFAULT_TOKEN_SETTINGS,
          networks: { ...DEFAULT_TOKEN_SETTINGS.networks, transactional },
        }),
      )
    await settle(networks)
    const { helper, subject } = await pair(world)
    await settle([])
    const token = String((await exchange(helper, { subject_token: subject })).body["access_token"])
    assert.deepEqual(decodeJwt(token)["conditions"], [{ networks, hours: [] }])
  })

  it("is worth nothing as soon as the permission is withdrawn", async () => {
    await using world = await openOAuthWorld()
    const { helper, subject, allowed } = await pair(world)
    const token = String((await exchange(helper, { subject_token: subject })).body["access_token"])
    await admitted(helper, token)
    const deps = { ...world.shelf, organisation: world.organisation, clock: systemClock }
    assert.equal((await withdrawDelegation(deps, world.owner, allowed.id)).tokens, 1)
    await assert.rejects(admitted(helper, token), Unauthorized)
    await admitted(world, subject)
  })
})

interface Parties {
  readonly world: OAuthWorld
  readonly helper: OAuthWorld
  /** The first agent's token, to be exchanged. */
  readonly subject: string
  /** The helper's own. */
  readonly own: string
  readonly allowed: string
}

const NOBODY = { client_assertion: null, client_assertion_type: null }

async function pair(
  world: OAuthWorld,
): Promise<Pick<Parties, "helper" | "subject"> & { allowed: Awaited<ReturnType<typeof allow>> }> {
  const helper = await secondAgent(world)
  const allowed = await allow(world, helper)
  return { helper, allowed, subject: await tokenOf(world, forTask(world.task.id)) }
}

function base({ resource }: OAuthWorld): Record<string, string | null> {
  return {
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    subject_token_type: TYPE,
    ...(resource && { resource: null }),
  }
}

function actor(token: string): Record<string, string> {
  return { actor_token: token, actor_token_type: TYPE }
}

function exchange(world: OAuthWorld, form: Readonly<Record<string, string | null>>): Promise<TokenAnswer> {
  return requestToken(world, { form: { ...base(world), ...form } })
}

async function tokenOf(world: OAuthWorld, form: Record<string, string> = {}): Promise<string> {
  const { status, body } = await requestToken(world, { form })
  assert.equal(status, 200, JSON.stringify(body))
  return String(body["access_token"])
}

function spiffe({ agent, instance }: OAuthWorld): string {
  return `spiffe://acme.example/agent/${agent.id}/instance/${instance.id}`
}

function jtiOf(token: string): string {
  return String(decodeJwt(token).jti)
}

async function forged({ server, resource, key, agent, instance, owner }: OAuthWorld): Promise<string> {
  return new SignJWT({ agent: agent.id, instance: instance.id, owner: owner.id, tier: "operator" })
    .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "first" })
    .setIssuer(server.issuer)
    .setAudience(resource)
    .setIssuedAt()
    .setExpirationTime("5m")
    .sign(key.privateKey)
}

async function register({ shelf, owner }: OAuthWorld, name: string): Promise<void> {
  const server: Upstream = {
    id: newId("server", systemClock),
    name,
    launch: { transport: "http", url: "https://upstream.test/" },
    registeredBy: owner.id,
    registeredAt: systemClock.now(),
  }
  await shelf.transact(({ servers }) => servers.insert(server))
}

async function admitted(
  { shelf, server, resource, key }: OAuthWorld,
  token: string,
): ReturnType<typeof authenticateAgent> {
  const at = resource
  const door = { shelf, clock: systemClock, server, resources: [at], resourceMetadata: at }
  const dpop = await signedProof(key, { htm: "POST", htu: at, ath: hashOf(token) })
  return authenticateAgent(door, { authorization: `DPoP ${token}`, dpop, method: "POST", url: at })
}
