// What the conformance suite of MCP runs as a client: an agent that is built on @tabard/client, with the official MCP
// client on its fetch. Started with the address of a server; scenario and what it hands out are in the environment.
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client"
import { boundFetch } from "@tabard/client"
import { personSignsIn } from "./person-signs-in.ts"
import { CREDENTIALS } from "./scenario-credentials.ts"

/** How often a person is sent to sign in for one request before the client gives up. */
const MAX_SIGN_INS = 3

const [address = ""] = process.argv.slice(2)
const { MCP_CONFORMANCE_SCENARIO: scenario = "", MCP_CONFORMANCE_CONTEXT: handed = "{}" } = process.env
const { MCP_CONFORMANCE_PROTOCOL_VERSION: version = "" } = process.env

// Servers of these scenarios bind no token but where the scenario is about that.
const acceptUnbound = !scenario.startsWith("auth/dpop")

const send = await senderFor((await fetch(address, { method: "POST" })).headers.get("www-authenticate"))
if (version === "2026-07-28") await callStateless(send)
else await callOverSession(send)

async function senderFor(challenge: string | null): Promise<typeof fetch> {
  const own = CREDENTIALS[scenario]
  if (!own) return signingIn(challenge)
  const { credentials, carry } = await own({ address, challenge, handed: JSON.parse(handed) })
  return boundFetch(credentials, { acceptUnbound, fetch: carry })
}

/** Sends a person to sign in for what a token is too narrow for, or has come to its end. */
async function signingIn(challenge: string | null): Promise<typeof fetch> {
  let { credentials, scope } = await personSignsIn({ address, challenge, held: undefined })
  let bound = boundFetch(credentials, { acceptUnbound })
  return async (input, init) => {
    for (let count = 1; ; count++) {
      const response = await bound(input, init)
      const isRefused = response.status === 401 || response.status === 403
      if (!isRefused || count === MAX_SIGN_INS) return response
      const wanted = { address, challenge: response.headers.get("www-authenticate"), held: scope }
      ;({ credentials, scope } = await personSignsIn(wanted))
      bound = boundFetch(credentials, { acceptUnbound })
    }
  }
}

async function callOverSession(carry: typeof fetch): Promise<void> {
  const client = new Client({ name: "agent", version: "1.0.0" })
  await client.connect(new StreamableHTTPClientTransport(new URL(address), { fetch: carry }))
  await client.listTools()
  await client.callTool({ name: "test-tool", arguments: {} })
  await client.close()
}

/** The suite's servers describe themselves to nobody, as the official client would have them do in this version. */
async function callStateless(carry: typeof fetch): Promise<void> {
  const params = {
    _meta: {
      "io.modelcontextprotocol/protocolVersion": version,
      "io.modelcontextprotocol/clientInfo": { name: "agent", version: "1.0.0" },
      "io.modelcontextprotocol/clientCapabilities": {},
    },
  }
  const calls = [
    { method: "tools/list", params },
    { method: "tools/call", params: { ...params, name: "test-tool", arguments: {} } },
  ]
  for (const [id, { method, params: sent }] of calls.entries()) {
    const response = await carry(address, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        "mcp-protocol-version": version,
        "mcp-method": method,
        ...(method === "tools/call" && { "mcp-name": "test-tool" }),
      },
      body: JSON.stringify({ jsonrpc: "2.0", id, method, params: sent }),
    })
    if (!response.ok) throw new Error(`${method}: ${response.status} ${await response.text()}`)
  }
}
