// A person's MCP client in a page: it leads its person to sign in, and lists what its agent may use. Started with the
// address of a server behind the gateway, and with the id that the client was registered under (or where it describes
// itself): node examples/signed-in-client.ts https://tabard.example/mcp/notes cli_…
import { createServer } from "node:http"
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client"
import { beginSignIn, boundFetch } from "@tabard/client"

const [resource = "", clientId = ""] = process.argv.slice(2)
const { promise: answered, resolve } = Promise.withResolvers<string>()
const page = createServer((request, response) => {
  response.end("You may close this page.")
  if (request.url?.startsWith("/callback?")) resolve(`${origin}${request.url}`)
})
const origin = await listening()

try {
  const begun = await beginSignIn({ resource, clientId, redirectUri: `${origin}/callback` })
  console.log(`Open ${begun.url}`)
  // Everything below has a token that is bound to a key of this process, and is renewed.
  const fetch = boundFetch(begun.finish(await answered))
  const client = new Client({ name: "signed-in-client", version: "1.0.0" })
  await client.connect(new StreamableHTTPClientTransport(new URL(resource), { fetch }))
  const { tools } = await client.listTools()
  console.log(`I may use ${tools.map(({ name }) => name).join(", ") || "nothing yet"}.`)
  await client.close()
} catch (error) {
  console.error(error instanceof Error ? error.message : "it went wrong")
  process.exitCode = 1
} finally {
  page.closeAllConnections()
  page.close()
}

/** On loopback any port may be asked back to, whichever was registered (RFC 8252 §7.3). */
async function listening(): Promise<string> {
  await new Promise<void>((done) => page.listen(0, "127.0.0.1", done))
  const address = page.address()
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
}
