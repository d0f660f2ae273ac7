import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id } from "@tabard/core"
import { decodeJwt, decodeProtectedHeader } from "jose"
import { verifyAccessToken } from "../access-token.ts"
import { errors } from "../oidc-provider.ts"
import { type OAuthWorld, openOAuthWorld } from "../testing/oauth-world.ts"
import { requestToken, signedAssertion, tokenProof } from "../testing/token-request.ts"
import type { OwnGrant } from "./grant.ts"

const TYPE = "urn:example:grant"

describe("a grant that the library does not know", () => {
  for (const client of ["required", "optional"] as const) {
    it(`says what is issued to a client that proved itself (${client})`, async () => {
      await using world = await openWith({ client })
      const { status, body } = await requestToken(world, { form: ask(world) })
      assert.equal(status, 200, JSON.stringify(body))
      assert.equal(body["token_type"], "DPoP")
      assert.equal(body["seen"], "yes")
      const token = String(body["access_token"])
      assert.deepEqual(decodeProtectedHeader(token), { alg: "ES256", typ: "at+jwt", kid: "first" })
      const checks = { jwks: world.server.jwks(), issuer: world.server.issuer, audiences: [world.resource] }
      const { agent, jkt } = await verifyAccessToken(token, { ...checks, now: new Date() })
      assert.deepEqual([agent, jkt], [world.agent.id, world.instance.thumbprint])
      const kept = await world.shelf.snapshot(({ tokens }) => tokens.find(String(decodeJwt(token).jti)))
      assert.equal(kept?.audience, world.resource)
    })
  }

  it("answers a request that names no client where it needs none", async () => {
    await using world = await openWith({ client: "optional" })
    const { status, body } = await requestToken(world, { form: { ...ask(world), ...NOBODY } })
    assert.equal(status, 200, JSON.stringify(body))
    assert.equal(decodeJwt(String(body["access_token"]))["agent"], world.agent.id)
  })

  it("wants a client where it needs one", async () => {
    await using world = await openWith({ client: "required" })
    const { status, body } = await requestToken(world, { form: { ...ask(world), ...NOBODY } })
    assert.deepEqual([status, body["error"]], [400, "invalid_request"])
  })

  for (const [title, form] of [
    ["with a client", {}],
    ["without one", { client_assertion: null, client_assertion_type: null }],
  ] as const) {
    it(`RFC 9449 §11.1: takes one proof once, ${title}, of many at once`, async () => {
      await using world = await openWith({ client: "optional" })
      const proof = await tokenProof(world)
      const all = await Promise.all(
        Array.from({ length: 5 }, () => requestToken(world, { proof, form: { ...ask(world), ...form } })),
      )
      assert.equal(all.filter(({ status }) => status === 200).length, 1)
      for (const { status, body } of all)
        if (status !== 200) assert.equal(body["error"], "invalid_dpop_proof")
    })
  }

  it("RFC 7523 §3(7): takes one assertion once, of many at once", async () => {
    await using world = await openWith({ client: "required" })
    const assertion = await signedAssertion(world)
    const all = await Promise.all(
      Array.from({ length: 5 }, () => requestToken(world, { assertion, form: ask(world) })),
    )
    assert.equal(all.filter(({ status }) => status === 200).length, 1)
    for (const { status, body } of all) if (status !== 200) assert.equal(body["error"], "invalid_client")
  })

  it("RFC 7523 §3(7): takes an assertion also where it came to nothing", async () => {
    await using world = await openWith({ client: "required" })
    const assertion = await signedAssertion(world)
    const refused = await requestToken(world, { assertion, form: { ...ask(world), word: "no" } })
    assert.equal(refused.body["error"], "invalid_grant")
    const again = await requestToken(world, { assertion, form: ask(world) })
    assert.equal(again.body["error"], "invalid_client")
  })

  it("RFC 6749 §3.2: refuses a parameter that is there twice, and reads an empty one as none", async () => {
    await using world = await openWith({ client: "optional" })
    const body = new URLSearchParams({ ...ask(world) })
    body.append("word", "another")
    const answer = await fetch(world.server.metadata.token_endpoint, { method: "POST", body })
    assert.equal(((await answer.json()) as { error: string }).error, "invalid_request")
    const empty = await requestToken(world, { form: { ...ask(world), ...NOBODY, word: "" } })
    assert.equal(empty.body["error"], "invalid_grant")
  })

  it("binds to no key but the one that the request proves", async () => {
    const answer: OwnGrant["answer"] = async (request, settings) => {
      const said = await byWord.answer(request, settings)
      return "asked" in said ? { asked: { ...said.asked, jkt: "x".repeat(43) } } : said
    }
    await using world = await openOAuthWorld("ES256", "/oauth", { grants: [{ ...byWord, answer }] })
    const { status } = await requestToken(world, { form: ask(world) })
    assert.equal(status, 500)
    assert.equal(world.faults.length, 1)
  })

  it("RFC 8414 §2: is in the metadata", async () => {
    await using world = await openWith({ client: "optional" })
    assert.deepEqual(world.server.metadata.grant_types_supported, [TYPE])
    assert.deepEqual(world.faults, [])
  })
})

const NOBODY = { client_assertion: null, client_assertion_type: null }

function ask({ instance }: OAuthWorld): Record<string, string> {
  return { grant_type: TYPE, word: instance.id }
}

async function openWith({ client }: Pick<OwnGrant, "client">): Promise<OAuthWorld> {
  return openOAuthWorld("ES256", "/oauth", { grants: [{ ...byWord, client }] })
}

/** Issues to whatever instance the request names, for a key that it proves. */
const byWord: OwnGrant = {
  kind: "own",
  type: TYPE,
  forInstances: true,
  client: "optional",
  parameters: ["word"],
  answer: async ({ parameters, jkt }, { resource }) => {
    const word = parameters.one("word")
    if (!word?.startsWith("ins_")) throw new errors.InvalidGrant("not the word")
    const instance = word as Id<"instance">
    return {
      asked: { instance, task: null, audience: resource, jkt, grant: "jwt-bearer" },
      members: { seen: "yes" },
    }
  },
}
