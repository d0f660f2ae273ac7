import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { DEFAULT_TOKEN_SETTINGS, newId, systemClock, type TokenSettings, type Upstream } from "@tabard/core"
import { protectedResource } from "../door/protected-resource.ts"
import { authenticateAgent } from "./authenticate-agent.ts"
import { type OAuthWorld, openOAuthWorld } from "./testing/oauth-world.ts"
import { hashOf, requestToken, signedProof } from "./testing/token-request.ts"
import { Unauthorized } from "./unauthorized.ts"

describe("a token for one server behind the gateway", () => {
  it("RFC 8707 §2: is issued for exactly the address that was asked, by the server's name or its id", async () => {
    await using world = await openOAuthWorld()
    const server = await registered(world, "notes")
    for (const resource of [`${world.resource}/notes`, `${world.resource}/${server.id}`]) {
      const token = await tokenFor(world, resource)
      assert.equal(JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).aud, resource)
    }
  })

  it("RFC 8707 §2: is issued for no server that is not there, nor for an address below one", async () => {
    await using world = await openOAuthWorld()
    await registered(world, "notes")
    const strange = ["/", "/mail", "/notes/", "/notes/more", `/${newId("server", systemClock)}`, "/NOTES"]
    for (const path of strange) {
      const { body } = await requestToken(world, { form: { resource: world.resource + path } })
      assert.equal(body["error"], "invalid_target", path)
    }
  })

  it("RFC 8707 §2: is good at its own door, and at no other", async () => {
    await using world = await openOAuthWorld()
    for (const name of ["notes", "mail"]) await registered(world, name)
    const [notes, mail] = [`${world.resource}/notes`, `${world.resource}/mail`]
    const forNotes = await tokenFor(world, notes)
    assert.equal((await admitted(world, { token: forNotes, at: notes })).audience, notes)
    for (const at of [mail, world.resource])
      await assert.rejects(admitted(world, { token: forNotes, at }), Unauthorized)
    const forAll = await tokenFor(world, world.resource)
    assert.equal((await admitted(world, { token: forAll, at: mail })).audience, world.resource)
  })
})

describe("the gateway's description", () => {
  it("RFC 9728 §3.3: names the very resource that it is asked of", async () => {
    const app = described(DEFAULT_TOKEN_SETTINGS)
    for (const path of ["/mcp", "/mcp/notes"]) {
      const answer = await app.request(`/.well-known/oauth-protected-resource${path}`)
      assert.equal(JSON.parse(await answer.text()).resource, `https://t.example${path}`)
    }
    const odd = await app.request("/.well-known/oauth-protected-resource/mcp/%22%3E")
    assert.equal(JSON.parse(await odd.text()).resource, "https://t.example/mcp/%22%3E")
  })

  it("RFC 9728 §2: tells whether tokens have to be bound to a key, as it is settled", async () => {
    const told = async (settings: TokenSettings): Promise<unknown> => {
      const answer = await described(settings).request("/.well-known/oauth-protected-resource/mcp")
      const { bearer_methods_supported, dpop_bound_access_tokens_required } = Object(await answer.json())
      return [bearer_methods_supported, dpop_bound_access_tokens_required]
    }
    assert.deepEqual(await told(DEFAULT_TOKEN_SETTINGS), [[], true])
    assert.deepEqual(await told({ ...DEFAULT_TOKEN_SETTINGS, bearerTiers: ["read-only"] }), [
      ["header"],
      false,
    ])
  })
})

function described(settings: TokenSettings): ReturnType<typeof protectedResource> {
  const [resource, issuer] = ["https://t.example/mcp", "https://t.example/oauth"]
  return protectedResource({ resource, issuer, settled: { read: async () => settings } })
}

async function registered({ shelf, owner }: OAuthWorld, name: string): Promise<Upstream> {
  const server: Upstream = {
    id: newId("server", systemClock),
    name,
    launch: { transport: "http", url: "https://upstream.test/" },
    registeredBy: owner.id,
    registeredAt: systemClock.now(),
  }
  await shelf.transact(({ servers }) => servers.insert(server))
  return server
}

async function tokenFor(world: OAuthWorld, resource: string): Promise<string> {
  const { status, body } = await requestToken(world, { form: { resource } })
  assert.equal(status, 200, JSON.stringify(body))
  return String(body["access_token"])
}

/** What the gateway's door does: it takes tokens for the gateway, and for the address that is asked. */
async function admitted(
  { shelf, server, resource, key }: OAuthWorld,
  { token, at }: { token: string; at: string },
): ReturnType<typeof authenticateAgent> {
  const door = { shelf, clock: systemClock, server, resources: [resource, at], resourceMetadata: at }
  const dpop = await signedProof(key, { htm: "POST", htu: at, ath: hashOf(token) })
  return authenticateAgent(door, { authorization: `DPoP ${token}`, dpop, method: "POST", url: at })
}
