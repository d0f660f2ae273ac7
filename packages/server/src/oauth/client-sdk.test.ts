import assert from "node:assert/strict"
import type { IncomingMessage } from "node:http"
import { text } from "node:stream/consumers"
import { describe, it } from "node:test"
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client"
import {
  boundFetch,
  type Credentials,
  createKey,
  enrol,
  parseKey,
  Refused,
  TokenSource,
} from "@tabard/client"
import { enrolKey, enrolmentCodeHash, offerEnrolment } from "@tabard/control"
import { systemClock } from "@tabard/core"
import { exportJWK } from "jose"
import { authenticateAgent } from "./authenticate-agent.ts"
import { verifyEnrolmentProof } from "./enrolment-proof.ts"
import { type OAuthWorld, openOAuthWorld } from "./testing/oauth-world.ts"
import { Unauthorized } from "./unauthorized.ts"

describe("the client", () => {
  it("enrols a key by a code, once, and gets tokens with it", async () => {
    await using world = await openOAuthWorld()
    const deps = { ...world.shelf, organisation: world.organisation, clock: systemClock }
    const { code } = await offerEnrolment(deps, world.owner.id, world.agent.id)
    const server = new URL(world.server.issuer).origin
    const options = { server, code, label: "laptop", key: await createKey(), fetch: enrolments(world) }

    const credentials = await enrol(options)
    assert.equal(credentials.agent, world.agent.id)
    assert.notEqual(credentials.instance, world.instance.id)
    assert.ok((await new TokenSource(credentials).token()).accessToken)
    await assert.rejects(enrol({ ...options, key: await createKey() }), { code: "enrolment_invalid" })
  })

  it("reaches a door, and is turned away from the moment in which its agent is suspended", async () => {
    await using world = await openOAuthWorld()
    serve(world)
    const fetch = boundFetch(await credentialsOf(world), { task: world.task.id })
    const ask = (): Promise<Response> => fetch(world.resource, { method: "POST", body: `{"id":1}` })

    const welcome = await ask()
    assert.equal(await welcome.text(), `{"name":"${world.agent.id} under ${world.task.id}"}`)

    await world.shelf.transact(({ agents }) => agents.move(world.agent.id, ["active"], "suspended"))
    assert.equal((await ask()).status, 401)
    const again: unknown = await ask().catch((error: unknown) => error)
    assert.ok(again instanceof Refused)
    assert.equal(again.code, "unauthorized_client")
  })

  it("carries the official MCP client", async () => {
    await using world = await openOAuthWorld()
    serve(world)
    const fetch = boundFetch(await credentialsOf(world), { task: world.task.id })
    const client = new Client({ name: "test", version: "1" })
    await client.connect(new StreamableHTTPClientTransport(new URL(world.resource), { fetch }))
    assert.equal(client.getServerVersion()?.name, `${world.agent.id} under ${world.task.id}`)
    await client.close()
  })
})

/** The two use cases behind the operation `enrol`, as the server puts them together. */
function enrolments(world: OAuthWorld): typeof fetch {
  const deps = { ...world.shelf, organisation: world.organisation, clock: systemClock }
  const { issuer, metadata } = world.server
  const { origin } = new URL(issuer)
  return async (url, init) => {
    assert.equal(url, `${origin}/api/v1/enrolments`)
    const { code, label, proof } = JSON.parse(typeof init?.body === "string" ? init.body : "")
    try {
      const key = await verifyEnrolmentProof(proof, { code, origin, now: systemClock.now() })
      const { id: instance, agent } = await enrolKey(deps, {
        ...key,
        label,
        codeHash: enrolmentCodeHash(code),
      })
      const { resource } = world
      return Response.json({ instance, agent, issuer, tokenEndpoint: metadata.token_endpoint, resource })
    } catch (error) {
      assert.ok(error instanceof Error && "code" in error)
      return Response.json({ code: error.code, detail: error.message }, { status: 403 })
    }
  }
}

/** A resource that says who came in, to the official client in the words of MCP. */
function serve(world: OAuthWorld): void {
  world.serveResource((request, response) => {
    answerFor(world, request).then(
      (answer) => response.writeHead(answer ? 200 : 202, { "content-type": "application/json" }).end(answer),
      (error: unknown) => response.writeHead(401, error instanceof Unauthorized ? error.headers : {}).end(),
    )
  })
}

async function answerFor(world: OAuthWorld, request: IncomingMessage): Promise<string> {
  const name = await principalName(world, request)
  const message = JSON.parse(await text(request))
  if (message.method !== "initialize") return message.id === undefined ? "" : JSON.stringify({ name })
  const { protocolVersion } = message.params
  const result = { protocolVersion, capabilities: {}, serverInfo: { name, version: "1" } }
  return JSON.stringify({ jsonrpc: "2.0", id: message.id, result })
}

async function principalName(
  { server, resource, shelf }: OAuthWorld,
  { headers, method = "", url = "" }: IncomingMessage,
): Promise<string> {
  const { authorization, dpop } = headers
  const { origin } = new URL(resource)
  const door = {
    shelf,
    clock: systemClock,
    server,
    resources: [resource],
    resourceMetadata: `${origin}/.well-known/oauth-protected-resource/mcp`,
  }
  const { agent, task } = await authenticateAgent(door, {
    authorization,
    dpop: typeof dpop === "string" ? dpop : null,
    method,
    url: `${origin}${url}`,
  })
  return `${agent.id} under ${task?.id}`
}

async function credentialsOf({ server, resource, key, instance, agent }: OAuthWorld): Promise<Credentials> {
  return {
    instance: instance.id,
    agent: agent.id,
    issuer: server.issuer,
    tokenEndpoint: server.metadata.token_endpoint,
    resource,
    key: parseKey(await exportJWK(key.privateKey)),
  }
}
