import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { fileURLToPath } from "node:url"
import {
  Client,
  DpopSession,
  generateDpopKeyPair,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
  type StoredOAuthTokens,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from "@modelcontextprotocol/client"
import { beginSignIn, boundSender } from "@tabard/client"
import type { Client as RegisteredClient } from "@tabard/core"
import { decodeJwt } from "jose"
import { type ClientSite, openClientSite } from "../world/client-site.ts"
import { adoptedClient, allowBearer, askAs } from "../world/code-client.ts"
import { freePort } from "../world/free-port.ts"
import { lacksTools, requireTool } from "../world/outside-tool.ts"
import { addPerson, type Person } from "../world/people.ts"
import { personBrowser } from "../world/person-browser.ts"
import { type RunningTabard, runTabard, signInFirst } from "../world/running-tabard.ts"
import { makeShiftingServer } from "../world/shifting-server.ts"

const MANIFEST = `
purpose: Reads the notes
tier: read-only
standing: true
tools:
  - { server: notes, tool: read_note }
`

const stack = new AsyncDisposableStack()
let tabard: RunningTabard
let ann: Person
let bob: Person

before(async () => {
  tabard = stack.use(await runTabard())
  const first = await signInFirst(tabard.server, "Ada")
  const upstream = stack.use(await makeShiftingServer())
  await first.api.registerServer({ name: "notes", launch: upstream.launch })
  ann = await addPerson(tabard.server, "administrator")
  bob = await addPerson(tabard.server, "member")
})
after(async () => {
  await stack.disposeAsync()
  assert.deepEqual(tabard.faults, [])
})

describe("a client that describes itself, against the gateway", () => {
  let site: ClientSite

  before(async () => {
    site = stack.use(await openClientSite())
    const body = { match: new URL(site.origin).host, purpose: "Reads.", tier: "read-only", days: 30 }
    await askAs(tabard.server, ann, { path: "/client-rules", body })
  })

  it("the official one, with its own OAuth, finds its way from a 401 to the tools that its agent may call, bound to a key of its own", async () => {
    const provider = await clientProvider(site.describe("/mcp-client.json"))
    const url = new URL(`${tabard.server.publicUrl}/mcp/notes`)
    const transport = new StreamableHTTPClientTransport(url, { authProvider: provider })
    await assert.rejects(connected(transport), UnauthorizedError)

    const answer = await personBrowser(tabard.server, bob).agree(provider.led ?? assert.fail("led nowhere"))
    assert.equal(answer.searchParams.get("state"), provider.saved.state)
    await transport.finishAuth(answer.searchParams)
    const claims = decodeJwt(provider.saved.tokens?.access_token ?? assert.fail("no token"))
    assert.deepEqual([claims.sub, claims.aud], [bob.user.id, url.href])
    await allowNotes(String(claims["agent"]))

    const client = await connected(new StreamableHTTPClientTransport(url, { authProvider: provider }))
    const { tools } = await client.listTools()
    assert.deepEqual(
      tools.map(({ name }) => name),
      ["read_note"],
    )
    const told = await client.callTool({ name: "read_note", arguments: { topic: "milk" } })
    assert.match(JSON.stringify(told.content), /process \d+/)
    await client.close()
  })

  it("RFC6750 §3.1: the official one is told what a call needs beyond its token, and signs its person in for that", async () => {
    const provider = await clientProvider(site.describe("/narrow-client.json"))
    const url = new URL(`${tabard.server.publicUrl}/mcp/notes`)
    const refused: Response[] = []
    const transport = (): StreamableHTTPClientTransport =>
      new StreamableHTTPClientTransport(url, {
        authProvider: provider,
        fetch: async (...asked) => {
          const response = await fetch(...asked)
          if (response.status === 403) refused.push(response.clone())
          return response
        },
      })
    const first = transport()
    await assert.rejects(connected(first), UnauthorizedError)
    provider.led?.searchParams.set("scope", "egress")
    await first.finishAuth((await agreedBy(bob, provider)).searchParams)
    await allowNotes(String(decodeJwt(provider.saved.tokens?.access_token ?? "")["agent"]))

    const second = transport()
    const narrow = await connected(second)
    await assert.rejects(
      narrow.callTool({ name: "read_note", arguments: { topic: "milk" } }),
      UnauthorizedError,
    )
    const challenge = refused[0]?.headers.get("www-authenticate") ?? ""
    assert.match(challenge, /^DPoP error="insufficient_scope", .*scope="read"/)
    assert.ok(challenge.includes("/.well-known/oauth-protected-resource/mcp/notes"), challenge)
    const { result } = Object(JSON.parse((await refused[0]?.text()) ?? ""))
    assert.deepEqual([result.isError, result.structuredContent.code], [true, "insufficient_scope"])
    assert.deepEqual(provider.led?.searchParams.get("scope")?.split(" ").toSorted(), ["egress", "read"])

    await second.finishAuth((await agreedBy(bob, provider)).searchParams)
    const told = await narrow.callTool({ name: "read_note", arguments: { topic: "milk" } })
    assert.match(JSON.stringify(told.content), /process \d+/)
    await narrow.close()
  })

  it("built on our SDK, signs its person in by the address of the server alone, and goes on by refresh tokens", async () => {
    const resource = `${tabard.server.publicUrl}/mcp/notes`
    const challenge = (await fetch(resource, { method: "POST" })).headers.get("www-authenticate")
    const redirectUri = "http://127.0.0.1:4711/callback"
    const clientId = site.describe("/sdk-client.json")
    const begun = await beginSignIn({ resource, challenge, clientId, redirectUri })
    const sender = boundSender(begun.finish(await personBrowser(tabard.server, bob).agree(begun.url)))
    const first = await sender.tokens.token()
    const { sub, aud, agent } = decodeJwt(first.accessToken)
    assert.deepEqual([sub, aud], [bob.user.id, resource])
    await allowNotes(String(agent))

    sender.tokens.forget(first)
    const client = await connected(
      new StreamableHTTPClientTransport(new URL(resource), { fetch: sender.fetch }),
    )
    const told = await client.callTool({ name: "read_note", arguments: { topic: "milk" } })
    assert.match(JSON.stringify(told.content), /process \d+/)
    assert.notEqual((await sender.tokens.token()).accessToken, first.accessToken)
    await client.close()
  })
})

describe("the example of a client that a person signs in", () => {
  it("lists what its agent may use, once its person agreed, and says so where they did not", async () => {
    const id = await adoptedClient(tabard.server, ann)
    const yes = await example(id)
    const answer = await personBrowser(tabard.server, bob).agree(yes.url)
    await (await fetch(answer)).text()
    assert.match(await yes.said, /I may use nothing yet\.\n$/)

    const no = await example(id)
    const refused = new URL(no.url)
    const back = new URL(refused.searchParams.get("redirect_uri") ?? "")
    const issuer = `${tabard.server.publicUrl}/oauth`
    const said = { state: refused.searchParams.get("state") ?? "", iss: issuer, error: "access_denied" }
    back.search = String(new URLSearchParams({ ...said, error_description: "Bob said no." }))
    await (await fetch(back)).text()
    assert.match(await no.said, /Bob said no\.\n$/)
  })

  /** Starts the program, and answers where it leads its person and, in the end, all that it said. */
  async function example(
    clientId: string,
  ): Promise<{ readonly url: string; readonly said: Promise<string> }> {
    const program = fileURLToPath(new URL("../../examples/signed-in-client.ts", import.meta.url))
    const running = spawn(process.execPath, [program, `${tabard.server.publicUrl}/mcp/notes`, clientId])
    stack.defer(() => void running.kill())
    let told = ""
    const { promise: url, resolve: lead, reject } = Promise.withResolvers<string>()
    const onText = (text: Buffer): void => {
      told += text.toString()
      const [, led] = /Open (\S+)\n/.exec(told) ?? []
      if (led) lead(led)
    }
    running.stdout.on("data", onText)
    running.stderr.on("data", onText)
    const said = new Promise<string>((resolve) => running.once("close", () => resolve(told)))
    said.then(() => reject(new Error(told))).catch(reject)
    return { url: await url, said }
  }
})

function agreedBy(person: Person, { led }: Provider): Promise<URL> {
  return personBrowser(tabard.server, person).agree(led ?? assert.fail("led nowhere"))
}

describe("the conformance suite of MCP for authorization servers", {
  skip: lacksTools("conformance"),
}, () => {
  let clientId: RegisteredClient["id"]

  before(async () => {
    await allowBearer(tabard.server, ann)
    clientId = await adoptedClient(tabard.server, ann)
  })

  for (const version of ["2025-11-25", "2026-07-28"]) {
    it(`has nothing to say against metadata and authorization code, as of ${version}`, async () => {
      const told = await judged(version)
      assert.match(told, /Total: 3 passed, 0 failed/, told)
    })
  }

  /** Runs the suite; where it asks for a person, one agrees. */
  async function judged(version: string): Promise<string> {
    const { publicUrl } = tabard.server
    const folder = await mkdtemp(join(tmpdir(), "tabard-conformance-"))
    const options = { url: `${publicUrl}/oauth`, "client-id": clientId, resource: `${publicUrl}/mcp` }
    const args = Object.entries({ ...options, port: await freePort(), "spec-version": version })
    const running = spawn(requireTool("conformance"), [
      "authorization",
      ...args.flatMap(([name, value]) => [`--${name}`, String(value)]),
      "--output-dir",
      folder,
    ])
    let told = ""
    let led = false
    const onText = (text: Buffer): void => {
      told += text.toString()
      const [url] = /http:\S+\/oauth\/authorize\?\S+/.exec(told) ?? []
      if (!url || led || !told.includes("Waiting")) return
      led = true
      personBrowser(tabard.server, bob)
        .agree(url)
        .then((answer) => fetch(answer))
        .catch((error: unknown) => {
          told += String(error)
          running.kill()
        })
    }
    running.stdout.on("data", onText)
    running.stderr.on("data", onText)
    await new Promise((resolve) => running.once("close", resolve))
    await rm(folder, { recursive: true, force: true })
    return told
  }
})

async function connected(transport: StreamableHTTPClientTransport): Promise<Client> {
  const client = new Client({ name: "desk", version: "1.0.0" })
  await client.connect(transport)
  return client
}

interface Provider extends OAuthClientProvider {
  readonly saved: {
    verifier?: string
    tokens?: StoredOAuthTokens
    state?: string
    discovered?: OAuthDiscoveryState
  }
  led?: URL
}

/** What the client's author writes: where it is described, and what it keeps between two steps. */
async function clientProvider(clientMetadataUrl: string): Promise<Provider> {
  const session = await DpopSession.create({ keyPair: await generateDpopKeyPair() })
  const saved: Provider["saved"] = {}
  let information: Awaited<ReturnType<OAuthClientProvider["clientInformation"]>>
  const provider: Provider = {
    saved,
    clientMetadataUrl,
    redirectUrl: "http://127.0.0.1:4711/callback",
    clientMetadata: { client_name: "Desk", redirect_uris: ["http://127.0.0.1:4711/callback"] },
    state: () => (saved.state ??= crypto.randomUUID()),
    clientInformation: () => information,
    saveClientInformation: (given) => {
      information = given
    },
    tokens: () => saved.tokens,
    saveTokens: (tokens) => {
      saved.tokens = tokens
    },
    redirectToAuthorization: (url) => {
      provider.led = url
    },
    saveCodeVerifier: (verifier) => {
      saved.verifier = verifier
    },
    codeVerifier: () => saved.verifier ?? "",
    saveDiscoveryState: (discovered) => {
      saved.discovered = discovered
    },
    discoveryState: () => saved.discovered,
    dpop: () => session,
  }
  return provider
}

async function allowNotes(agent: string): Promise<void> {
  const response = await fetch(`${tabard.server.publicUrl}/api/v1/agents/${agent}/manifest`, {
    method: "PUT",
    headers: { cookie: bob.cookie, "x-tabard": "1", "content-type": "application/json" },
    body: JSON.stringify({ manifest: MANIFEST }),
  })
  assert.ok(response.ok, await response.text())
}
