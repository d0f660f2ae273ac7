import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { makeApiToken } from "@tabard/control"
import { type Instance, newHandle, newId, systemClock, type User } from "@tabard/core"
import { decodeJwt, exportJWK } from "jose"
import { openWorkloadWorld, presentToken, workloadToken } from "../../federation/testing/workload-world.ts"
import { parsePublicKey } from "../public-key.ts"
import { askEndpoint, type EndpointAnswer, tokenOf } from "../testing/endpoint-request.ts"
import { type AgentKey, agentKey, type OAuthWorld, openOAuthWorld } from "../testing/oauth-world.ts"
import { type RequestChanges, signedAssertion } from "../testing/token-request.ts"

describe("introspection", () => {
  it("RFC7662 §2.2: tells the client of a token that stands what it says", async () => {
    await using world = await openOAuthWorld()
    const token = await tokenOf(world)
    const { status, body, headers } = await introspect(world, { token })
    assert.equal(status, 200)
    assert.deepEqual(body, { ...decodeJwt(token), active: true, token_type: "DPoP" })
    assert.match(headers.get("content-type") ?? "", /^application\/json/)
    assert.equal(headers.get("cache-control"), "no-store")
  })

  it("RFC9449 §6.2: says which key a token is bound to", async () => {
    await using world = await openOAuthWorld()
    const { body } = await introspect(world, { token: await tokenOf(world) })
    const jkt = world.instance.thumbprint
    assert.ok(jkt)
    assert.deepEqual([body["token_type"], body["cnf"]], ["DPoP", { jkt }])
  })

  it("RFC7662 §2.1: is not hindered by a hint that is wrong or unknown", async () => {
    await using world = await openOAuthWorld()
    const token = await tokenOf(world)
    for (const token_type_hint of ["refresh_token", "something"]) {
      assert.equal((await introspect(world, { token, token_type_hint })).body["active"], true)
    }
  })

  for (const [title, end] of [
    ["its agent is suspended", ({ shelf, agent }) => moved(shelf, agent.id, "suspended")],
    ["its agent is quarantined", ({ shelf, agent }) => moved(shelf, agent.id, "quarantined")],
    [
      "its owner has left",
      ({ shelf, owner }) => shelf.transact(({ users }) => users.setActive(owner.id, false)),
    ],
    [
      "its key was revoked",
      ({ shelf, instance }) =>
        shelf.transact(({ instances }) => instances.revoke(instance.id, systemClock.now())),
    ],
  ] as readonly (readonly [string, (world: OAuthWorld) => Promise<unknown>])[]) {
    it(`RFC7662 §4: tells at once that a token is not active, when ${title}`, async () => {
      await using world = await openOAuthWorld()
      const token = await tokenOf(world)
      const machine = await apiToken(world, ["introspectToken"])
      await end(world)
      const { status, body } = await askAsMachine(world, machine, token)
      assert.deepEqual([status, body], [200, { active: false }])
    })
  }

  for (const [title, spoil] of [
    ["is no token", () => "a4b4"],
    ["has been tampered with", (token: string) => token.replace(/\.[^.]{8}/, ".AAAAAAAA")],
    ["is signed by nobody", (token: string) => `${token.split(".").slice(0, 2).join(".")}.`],
  ] as const) {
    it(`RFC7662 §2.2: says nothing but that it is not active of what ${title}`, async () => {
      await using world = await openOAuthWorld()
      const { status, body } = await introspect(world, { token: spoil(await tokenOf(world)) })
      assert.deepEqual([status, body], [200, { active: false }])
    })
  }

  it("RFC7662 §2.2: tells a client nothing of another's token", async () => {
    await using world = await openOAuthWorld()
    const token = await tokenOf(world)
    const other = await another(world)
    const { status, body } = await introspect(world, { token }, await asInstance(world, other))
    assert.deepEqual([status, body], [200, { active: false }])
  })

  it("RFC7662 §2.1: refuses who does not say who they are, and a request without a token", async () => {
    await using world = await openOAuthWorld()
    const token = await tokenOf(world)
    const nobody = { client_assertion: null, client_assertion_type: null }
    assert.equal((await introspect(world, { token, ...nobody })).status, 400)
    assert.equal((await introspect(world, {})).body["error"], "invalid_request")
  })

  it("RFC7662 §2.3: answers credentials that are wrong with 401", async () => {
    await using world = await openOAuthWorld()
    const token = await tokenOf(world)
    const stranger = await introspect(world, { token }, { key: await agentKey() })
    assert.deepEqual([stranger.status, stranger.body["error"]], [401, "invalid_client"])
    const unknown = await askAsMachine(world, `tbd_${"a".repeat(46)}`, token)
    assert.deepEqual([unknown.status, unknown.body["error"]], [401, "invalid_token"])
    assert.match(unknown.headers.get("www-authenticate") ?? "", /^Bearer error="invalid_token"/)
  })

  it("RFC7662 §2.1: is asked by POST with a form alone, and not by a page", async () => {
    await using world = await openOAuthWorld()
    const url = world.server.metadata.introspection_endpoint
    const get = await fetch(`${url}?token=${await tokenOf(world)}`)
    assert.deepEqual([get.status, get.headers.get("allow")], [405, "POST"])
    const json = await fetch(url, {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json" },
    })
    assert.equal(json.status, 400)
    const page = await introspect(world, { token: "a" }, { headers: { origin: "https://evil.example" } })
    assert.equal(page.status, 400)
  })

  it("RFC7523 §3(7): takes an assertion once", async () => {
    await using world = await openOAuthWorld()
    const token = await tokenOf(world)
    const assertion = await signedAssertion(world)
    assert.equal((await introspect(world, { token }, { assertion })).status, 200)
    const again = await introspect(world, { token }, { assertion })
    assert.deepEqual([again.status, again.body["error"]], [401, "invalid_client"])
  })

  it("RFC7662 §2.1: answers an enforcement point that was given an API token for it, and no other", async () => {
    await using world = await openOAuthWorld()
    const token = await tokenOf(world)
    const told = await askAsMachine(world, await apiToken(world, ["introspectToken"]), token)
    assert.equal(told.body["agent"], world.agent.id)
    const short = await askAsMachine(world, await apiToken(world, ["listEvents"]), token)
    assert.deepEqual([short.status, short.body["error"]], [403, "insufficient_scope"])
  })
})

describe("revocation", () => {
  it("RFC7009 §2: ends a token on the word of the client that it was issued to", async () => {
    await using world = await openOAuthWorld()
    const token = await tokenOf(world)
    const { status, text } = await revoke(world, { token })
    assert.deepEqual([status, text], [200, ""])
    assert.deepEqual((await introspect(world, { token })).body, { active: false })
  })

  it("RFC7009 §2.2: answers 200 for a token that is none, and for one that was ended before", async () => {
    await using world = await openOAuthWorld()
    const token = await tokenOf(world)
    for (const one of ["a4b4", token, token]) assert.equal((await revoke(world, { token: one })).status, 200)
  })

  it("RFC7009 §2.1: is not hindered by a hint that is wrong or unknown", async () => {
    await using world = await openOAuthWorld()
    const token = await tokenOf(world)
    assert.equal((await revoke(world, { token, token_type_hint: "refresh_token" })).status, 200)
    assert.deepEqual((await introspect(world, { token })).body, { active: false })
  })

  it("RFC7009 §2.1: refuses another client's token, and leaves it as it is", async () => {
    await using world = await openOAuthWorld()
    const token = await tokenOf(world)
    const refused = await revoke(world, { token }, await asInstance(world, await another(world)))
    assert.deepEqual([refused.status, refused.body["error"]], [400, "unauthorized_client"])
    assert.equal((await introspect(world, { token })).body["active"], true)
  })

  it("RFC7009 §2.1: validates the client's credentials first", async () => {
    await using world = await openOAuthWorld()
    const token = await tokenOf(world)
    const stranger = await revoke(world, { token }, { key: await agentKey() })
    assert.deepEqual([stranger.status, stranger.body["error"]], [401, "invalid_client"])
    assert.equal((await introspect(world, { token })).body["active"], true)
  })

  it("RFC7009 §2.1: ends a workload's token where it names its install, which has no key here, and no other's", async () => {
    await using world = await openWorkloadWorld("openid")
    const { body } = await presentToken(world, await workloadToken(world))
    const token = String(body["access_token"])
    const nobody = { client_assertion: null, client_assertion_type: null }
    const asWorkload = { ...nobody, client_id: world.rule.instance }
    const others = await revoke(world, { token: await tokenOf(world), ...asWorkload })
    assert.deepEqual([others.status, others.body["error"]], [400, "unauthorized_client"])
    const bare = await introspect(world, { token, ...asWorkload })
    assert.equal(bare.body["error"], "invalid_request", "RFC7662 §2.1: who asks proves themselves")
    assert.equal((await revoke(world, { token, ...asWorkload })).status, 200)
    const machine = await apiToken(world, ["introspectToken"])
    assert.deepEqual((await askAsMachine(world, machine, token)).body, { active: false })
  })

  it("RFC7009 §2.1: ends nothing for who names an install that has a key, and proves none", async () => {
    await using world = await openOAuthWorld()
    const token = await tokenOf(world)
    const bare = { client_id: world.instance.id, client_assertion: null, client_assertion_type: null }
    const refused = await revoke(world, { token, ...bare })
    assert.deepEqual([refused.status, refused.body["error"]], [401, "invalid_client"])
    assert.equal((await introspect(world, { token })).body["active"], true)
  })

  it("RFC7009 §2.1: is asked by POST with a form alone, and not by a page", async () => {
    await using world = await openOAuthWorld()
    const url = world.server.metadata.revocation_endpoint
    const token = await tokenOf(world)
    const get = await fetch(`${url}?token=${token}`)
    assert.deepEqual([get.status, get.headers.get("allow")], [405, "POST"])
    const page = await revoke(world, { token }, { headers: { origin: "https://evil.example" } })
    assert.equal(page.status, 400)
    assert.equal((await introspect(world, { token })).body["active"], true)
  })

  it("RFC7009 §2.2.1: says what is missing", async () => {
    await using world = await openOAuthWorld()
    assert.equal((await revoke(world, {})).body["error"], "invalid_request")
  })

  it("RFC8414 §2: both are in the metadata, with how to prove oneself there", async () => {
    await using world = await openOAuthWorld()
    const { metadata, issuer } = world.server
    assert.equal(metadata.introspection_endpoint, `${issuer}/introspection`)
    assert.equal(metadata.revocation_endpoint, `${issuer}/revocation`)
    assert.deepEqual(metadata.revocation_endpoint_auth_methods_supported, ["private_key_jwt", "none"])
    assert.deepEqual(metadata.introspection_endpoint_auth_methods_supported, ["private_key_jwt"])
    assert.deepEqual(world.faults, [])
  })
})

type Form = Readonly<Record<string, string | null>>

function introspect(world: OAuthWorld, form: Form, changes?: RequestChanges): Promise<EndpointAnswer> {
  return askEndpoint(world, world.server.metadata.introspection_endpoint, form, changes)
}

function revoke(world: OAuthWorld, form: Form, changes?: RequestChanges): Promise<EndpointAnswer> {
  return askEndpoint(world, world.server.metadata.revocation_endpoint, form, changes)
}

function askAsMachine(world: OAuthWorld, machine: string, token: string): Promise<EndpointAnswer> {
  const headers = { authorization: `Bearer ${machine}` }
  const form = { token, client_assertion: null, client_assertion_type: null }
  return introspect(world, form, { headers, assertion: "none" })
}

function moved(
  { transact }: OAuthWorld["shelf"],
  agent: OAuthWorld["agent"]["id"],
  state: "suspended" | "quarantined",
): Promise<boolean> {
  return transact(({ agents }) => agents.move(agent, ["active"], state))
}

interface Other {
  readonly instance: Instance
  readonly key: AgentKey
}

async function another({ shelf, instance }: OAuthWorld): Promise<Other> {
  const key = await agentKey()
  const made = {
    ...instance,
    id: newId("instance", systemClock),
    ...(await parsePublicKey(await exportJWK(key.publicKey))),
  }
  await shelf.transact(({ instances }) => instances.insert(made))
  return { instance: made, key }
}

async function asInstance(world: OAuthWorld, { instance, key }: Other): Promise<RequestChanges> {
  return { assertion: await signedAssertion({ ...world, instance, key }) }
}

async function apiToken({ shelf, organisation }: OAuthWorld, scopes: readonly string[]): Promise<string> {
  const maker: User = {
    id: newId("user", systemClock),
    name: "Grace",
    email: `${newHandle()}@acme.example`,
    role: "administrator",
    active: true,
    createdAt: systemClock.now(),
  }
  await shelf.transact(({ users }) => users.insert(maker))
  const deps = { ...shelf, organisation, clock: systemClock }
  const wish = { purpose: "The proxy", role: "auditor", scopes, days: 1 } as const
  return (await makeApiToken(deps, maker, wish)).token
}
