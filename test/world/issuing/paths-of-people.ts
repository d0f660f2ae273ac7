import assert from "node:assert/strict"
import { exchange } from "@tabard/client"
import { type Client, type Id, isId } from "@tabard/core"
import { type CryptoKey, decodeJwt, exportJWK, generateKeyPair } from "jose"
import * as oauth from "oauth4webapi"
import {
  adoptedClient,
  askAs,
  CALLBACK,
  type CodeClient,
  codeClient,
  signedIn,
  tokensIn,
} from "../code-client.ts"
import { addPerson, type Person } from "../people.ts"
import { personBrowser } from "../person-browser.ts"
import { until } from "../until.ts"
import type { Answer, IssuingPath, Prepared } from "./issuing-path.ts"
import { handOver, type IssuingWorld, ownedAgent, wordFor } from "./issuing-world.ts"
import { answerOf, refusedOr, taskFor } from "./prepare-path.ts"
import { NEW_JUDGEMENT, NO_TASK } from "./what-paths-lack.ts"

const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
// oxlint-disable-next-line typescript/no-deprecated -- marked so to stand out; these tests speak with loopback alone
const PLAIN = { [oauth.allowInsecureRequests]: true }

/** What a client does not stand on that a person signs in. */
const UNDER_A_TASK = {
  key: "no key of its own is enrolled",
  delegation: "it acts for a person, not for an agent",
  rule: "its person signed it in",
  parent: "it gives none back: its person signs it out",
}

const OF_A_PERSON = { ...NO_TASK, ...UNDER_A_TASK }

/** The ways of clients that people sign in. */
export const PEOPLE_PATHS: Readonly<Record<string, IssuingPath>> = {
  "an authorization code": {
    by: "authorization_code",
    prepare: async (world) => {
      const { tabard, steward } = world
      const bob = await addPerson(tabard.server, "member")
      const clientId = await adoptedClient(tabard.server, steward)
      const client = await codeClient(tabard.server, { clientId })
      const answer = await personBrowser(tabard.server, bob).agree(await client.url())
      return ofClient(world, { bob, clientId, ask: () => answerOf(client.redeem(answer)) })
    },
    lacks: OF_A_PERSON,
    heedsNot: NEW_JUDGEMENT,
  },
  "a refresh token": {
    by: "refresh_token",
    prepare: async (world) => {
      const { bob, clientId, client, response } = await signIn(world)
      const { refresh_token: token = assert.fail() } = await tokensIn(client, response)
      return ofClient(world, { bob, clientId, ask: () => answerOf(client.refresh(token)) })
    },
    lacks: OF_A_PERSON,
    heedsNot: NEW_JUDGEMENT,
  },
  "a refresh token under a task": {
    by: "refresh_token",
    prepare: async (world) => {
      const { server } = world.tabard
      const { bob, clientId, client: first, response } = await signIn(world)
      const agent = decodeJwt((await tokensIn(first, response)).access_token)["agent"]
      assert.ok(isId("agent", agent))
      const task = await taskFor(world, await ownedAgent(world), { agent, served: bob.user })
      const client = await codeClient(server, { clientId })
      const details = JSON.stringify([{ type: "tabard_task", task }])
      const url = await client.url({ authorization_details: details })
      const redeemed = await client.redeem(await personBrowser(server, bob).agree(url))
      const { refresh_token: token = assert.fail() } = await tokensIn(client, redeemed)
      const made = await ofClient(world, { bob, clientId, ask: () => answerOf(client.refresh(token)) })
      return { ...made, parts: { ...made.parts, task } }
    },
    lacks: UNDER_A_TASK,
    heedsNot: NEW_JUDGEMENT,
  },
  "a request by a token of a client that a person signed in": {
    by: null,
    prepare: async (world) => {
      const { bob, clientId, client, response } = await signIn(world)
      const { access_token: token } = await tokensIn(client, response)
      const { dpop: DPoP } = client
      assert.ok(DPoP)
      const url = new URL("/mcp/nothing-of-this-name", world.tabard.server.publicUrl)
      const headers = new Headers({
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
      })
      const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list", params: {} })
      const ask = async (): Promise<Answer> => {
        try {
          await oauth.protectedResourceRequest(token, "POST", url, headers, body, { ...PLAIN, DPoP })
          return "given"
        } catch (error) {
          if (error instanceof oauth.WWWAuthenticateChallengeError) return `${error.status}`
          throw error
        }
      }
      return ofClient(world, { bob, clientId, ask })
    },
    lacks: OF_A_PERSON,
    heedsNot: {},
  },
  "a token exchange, for a client that a person signed in": {
    by: EXCHANGE,
    prepare: async (world) => {
      const { bob, clientId, client, response } = await signIn(world)
      const { access_token: subject } = await tokensIn(client, response)
      const { credentials, id: to } = await ownedAgent(world)
      const ask = () => refusedOr(exchange(credentials, { subject }))
      const { parts, ...signedInClient } = await ofClient(world, { bob, clientId, ask })
      const { id: delegation } = await world.ann.api.allowDelegation({ id: signedInClient.agent, to })
      return { ...signedInClient, parts: { ...parts, delegation, key: credentials } }
    },
    lacks: { ...NO_TASK, rule: OF_A_PERSON.rule, parent: OF_A_PERSON.parent },
    heedsNot: {},
  },
  "the provider's word for a person (ID-JAG)": {
    by: JWT_BEARER,
    prepare: async (world) => {
      const { tabard, provider } = world
      const bob = await addPerson(tabard.server, "member")
      const identity = { issuer: provider.issuer, subject: bob.user.id }
      await tabard.server.organisation.shelf.transact(({ bindings }) => bindings.bind(identity, bob.user.id))
      const keyed = await clientWithKey(world)
      const ask = async (): Promise<Response> =>
        bringWord(world, keyed, await wordFor(world, { subject: bob.user.id, client: keyed.id }))
      assert.equal(await answerOf(ask()), "given")
      return ofClient(world, { bob, clientId: keyed.id, ask: () => answerOf(ask()) })
    },
    lacks: OF_A_PERSON,
    heedsNot: NEW_JUDGEMENT,
  },
  "an assertion for a server elsewhere (ID-JAG)": {
    by: EXCHANGE,
    prepare: async (world) => {
      const { tabard } = world
      const bob = await addPerson(tabard.server, "member")
      const { id, key } = await clientWithKey(world)
      await listElsewhere(world, id)
      const authentication = oauth.PrivateKeyJwt(key)
      const { client, response } = await signedIn(tabard.server, bob, { clientId: id, authentication })
      const { access_token: token } = await tokensIn(client, response)
      const ask = () => answerOf(askOnward(client, { token, authentication }))
      // What was settled before is known for a second.
      await until(async () => (await ask()) === "given")
      return ofClient(world, { bob, clientId: id, ask })
    },
    lacks: OF_A_PERSON,
    heedsNot: {},
  },
}

const ELSEWHERE = "https://elsewhere.example"

async function listElsewhere({ tabard: { server } }: IssuingWorld, client: Id<"client">): Promise<void> {
  await server.organisation.shelf.transact(async ({ organisation }) => {
    const settled = await organisation.tokenSettings()
    const one = { issuer: ELSEWHERE, client, clientId: "desk", scope: [], resources: [] }
    await organisation.putTokenSettings({ ...settled, otherServers: [...settled.otherServers, one] })
    await organisation.bumpVersion()
  })
}

function askOnward(
  { as, client, dpop: DPoP }: CodeClient,
  { token, authentication }: { readonly token: string; readonly authentication: oauth.ClientAuth },
): Promise<Response> {
  assert.ok(DPoP)
  const parameters = {
    requested_token_type: "urn:ietf:params:oauth:token-type:id-jag",
    audience: ELSEWHERE,
    subject_token: token,
    subject_token_type: "urn:ietf:params:oauth:token-type:access_token",
  }
  return oauth.genericTokenEndpointRequest(as, client, authentication, EXCHANGE, parameters, {
    ...PLAIN,
    DPoP,
  })
}

interface SignedIn {
  readonly bob: Person
  readonly clientId: Client["id"]
}

async function signIn(world: IssuingWorld): Promise<SignedIn & Awaited<ReturnType<typeof signedIn>>> {
  const { tabard, steward } = world
  const bob = await addPerson(tabard.server, "member")
  const clientId = await adoptedClient(tabard.server, steward)
  return { bob, clientId, ...(await signedIn(tabard.server, bob, { clientId })) }
}

/** A client's agent, which another person answers for than the one whom it serves. */
async function ofClient(
  world: IssuingWorld,
  { bob, clientId, ask }: SignedIn & Pick<Prepared, "ask">,
): Promise<Prepared> {
  const { shelf } = world.tabard.server.organisation
  const grant = await shelf.snapshot(({ clientGrants }) => clientGrants.find(bob.user.id, clientId))
  assert.ok(grant?.instance)
  const { agent, instance, id } = grant
  const owner = await handOver(world, agent)
  return { agent, instance, owner, parts: { client: { id: clientId, grant: id }, served: bob.user }, ask }
}

interface ClientWithKey {
  readonly id: Id<"client">
  readonly key: CryptoKey
}

async function clientWithKey({ tabard: { server }, steward }: IssuingWorld): Promise<ClientWithKey> {
  const { privateKey: key, publicKey } = await generateKeyPair("ES256")
  const body = { name: "Desk", redirectUris: [CALLBACK], keys: [await exportJWK(publicKey)] }
  const { id } = await askAs<{ id: Client["id"] }>(server, steward, { path: "/clients", body })
  const rule = { match: id, purpose: "Helps.", tier: "read-only", days: 30 }
  await askAs(server, steward, { path: "/client-rules", body: rule })
  return { id, key }
}

async function bringWord(
  { tabard: { server } }: IssuingWorld,
  { id, key }: ClientWithKey,
  assertion: string,
): Promise<Response> {
  const { as, client } = await codeClient(server, { clientId: id })
  const DPoP = oauth.DPoP(client, await oauth.generateKeyPair("ES256"))
  const parameters = { assertion, resource: `${server.publicUrl}/mcp` }
  const proof = oauth.PrivateKeyJwt(key)
  return oauth.genericTokenEndpointRequest(as, client, proof, JWT_BEARER, parameters, { ...PLAIN, DPoP })
}
