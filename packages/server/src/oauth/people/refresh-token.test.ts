import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { agreeToClient, endClientGrant, type Shelf } from "@tabard/control"
import { newHandle, systemClock } from "@tabard/core"
import { exportJWK } from "jose"
import { modelAdapter } from "../model-adapter.ts"
import { parsePublicKey } from "../public-key.ts"
import {
  type AgentKey,
  agentKey,
  type OAuthWorld,
  openOAuthWorld,
  type WorldOptions,
} from "../testing/oauth-world.ts"
import { signedInClient } from "../testing/signed-in-client.ts"
import { signedProof, type TokenAnswer } from "../testing/token-request.ts"
import { libraryGrantId } from "./library-grant.ts"

const LIFE_SECONDS = 3600

describe("a refresh token", () => {
  it("is what it was after a request that came while the record was not kept", async () => {
    let stopped = true
    const stop = async () => (stopped ? { all: true, words: "the record is not kept" } : undefined)
    await using held = await heldToken({ record: { stop } })
    const refused = await refresh(held, held.token)
    assert.deepEqual([refused.status, refused.body["error"]], [400, "temporarily_unavailable"])
    stopped = false
    assert.equal((await refresh(held, held.token)).status, 200)
  })

  it("is what it was after a request that the store could not keep the token of", async () => {
    let full = true
    const through = (shelf: Shelf): Shelf => ({ ...shelf, transact: whereFull(shelf, () => full) })
    await using held = await heldToken({ through })
    assert.equal((await refresh(held, held.token)).status, 500)
    assert.match(String(held.world.faults), /the disk is full/)
    full = false
    assert.equal((await refresh(held, held.token)).status, 200)
  })

  it("is what it was after its agent was refused, and goes on with it", async () => {
    await using held = await heldToken()
    const { agents, id } = { agents: held.world.shelf, id: held.world.agent.id }
    await agents.transact((tx) => tx.agents.move(id, ["active"], "suspended"))
    const refused = await refresh(held, held.token)
    assert.deepEqual([refused.status, refused.body["error"]], [400, "unauthorized_client"])
    await agents.transact((tx) => tx.agents.move(id, ["suspended"], "active"))
    assert.equal((await refresh(held, held.token)).status, 200)
  })

  it("RFC9700 §4.14.2: is taken once of twenty at once, and then everything of its sign-in ends", async () => {
    await using held = await heldToken()
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(held, held.token)))
    const [won, ...others] = answers.filter(({ status }) => status === 200)
    assert.deepEqual([won?.status, others.length], [200, 0])
    for (const { status, body } of answers.filter((answer) => answer !== won))
      assert.deepEqual([status, body["error"]], [400, "invalid_grant"])
    const next = await refresh(held, String(won?.body["refresh_token"]))
    assert.deepEqual([next.status, next.body["error"]], [400, "invalid_grant"])
    const live = await held.world.shelf.snapshot(({ tokens }) =>
      tokens.live(held.world.agent.id, systemClock.now()),
    )
    assert.deepEqual(live, [])
  })

  it("RFC9700 §4.14.2: is on record where it came twice, although no token of its was live", async () => {
    await using held = await heldToken()
    const { world, token } = held
    assert.equal((await refresh(held, token)).status, 200)
    await world.shelf.transact(({ tokens }) => tokens.revoke({ agent: world.agent.id }, systemClock.now()))
    assert.equal((await refresh(held, token)).status, 400)
    assert.equal((await refresh(held, token)).status, 400, "and it is on record once")
    const told = await world.shelf.snapshot(({ outbox }) => outbox.list({ type: "token.revoked", limit: 10 }))
    assert.equal(told.length, 1)
  })

  it("stays ended with the sign-in that its person ended, also after they signed the client in again", async () => {
    await using held = await heldToken()
    const { shelf, owner, organisation } = held.world
    const deps = { transact: shelf.transact, organisation, clock: systemClock, door: "api" } as const
    const again = { id: held.clientId, name: "Desk", host: null }
    assert.equal((await agreeToClient(deps, owner, again)).kind, "agreed")
    const { status, body } = await refresh(held, held.token)
    assert.equal(status, 200, "another yes within one sign-in takes nothing away")
    const [grant] = await shelf.snapshot(({ clientGrants }) =>
      clientGrants.list({ user: owner.id, limit: 1 }),
    )
    await endClientGrant(deps, owner, String(grant?.id))
    assert.equal((await agreeToClient(deps, owner, again)).kind, "agreed")
    const back = await refresh(held, String(body["refresh_token"]))
    assert.deepEqual([back.status, back.body["error"]], [400, "invalid_grant"])
  })
})

/** A public client of a person's, with a refresh token that is bound to its key. */
interface Held extends AsyncDisposable {
  readonly world: OAuthWorld
  readonly key: AgentKey
  readonly clientId: string
  readonly token: string
}

async function heldToken(options: WorldOptions = {}): Promise<Held> {
  const world = await openOAuthWorld("ES256", "/oauth", options)
  const { shelf, owner, agent, resource } = world
  const key = await agentKey()
  const { thumbprint: jkt } = await parsePublicKey(await exportJWK(key.publicKey))
  const grant = await signedInClient(world)
  const now = Math.floor(Date.now() / 1000)
  const token = newHandle()
  const common = { accountId: owner.id, clientId: grant.client, iat: now, exp: now + LIFE_SECONDS }
  const grantId = libraryGrantId(grant, newHandle())
  const keep = (kind: string, id: string, payload: object): Promise<unknown> =>
    modelAdapter({ shelf, clock: systemClock }, kind).upsert(
      id,
      { ...common, ...payload, kind, jti: id },
      LIFE_SECONDS,
    )
  await keep("Grant", grantId, { resources: { [resource]: "read" } })
  await keep("RefreshToken", token, { grantId, scope: "read", resource, jkt, gty: "authorization_code" })
  assert.equal(grant.agent, agent.id)
  return {
    world,
    key,
    clientId: grant.client,
    token,
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }
}

async function refresh(
  { world, key, clientId }: Held,
  token: string,
): Promise<Pick<TokenAnswer, "status" | "body">> {
  const url = world.server.metadata.token_endpoint
  const form = {
    grant_type: "refresh_token",
    client_id: clientId,
    refresh_token: token,
    resource: world.resource,
  }
  const headers = { dpop: await signedProof(key, { htm: "POST", htu: url }) }
  const response = await fetch(url, { method: "POST", headers, body: new URLSearchParams(form) })
  return { status: response.status, body: Object(await response.json()) }
}

/** A store that takes everything but a token, for as long as it is said to be full. */
function whereFull({ transact }: Shelf, isFull: () => boolean): Shelf["transact"] {
  return (work) =>
    transact((tx) =>
      work({
        ...tx,
        tokens: {
          ...tx.tokens,
          insert: (token) =>
            isFull() ? Promise.reject(new Error("the disk is full")) : tx.tokens.insert(token),
        },
      }),
    )
}
