import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import { isFromUnknownPublisher } from "./known-publisher.ts"
import { splitCommandLine } from "./split-command-line.ts"
import { unwrapLaunch } from "./unwrap-launch.ts"

describe("the publisher of a server", () => {
  const known = [
    "npx -y @modelcontextprotocol/server-never-heard-of@1.0.0",
    "npx @playwright/other@1.2.3",
    "uvx awslabs.some-new-mcp-server@1.0.0",
    "uvx --from awslabs-some-new-mcp-server awslabs.some-new-mcp-server",
    "docker run -i --rm mcp/some-image:1",
    "docker run ghcr.io/github/another",
    "uvx --from git+https://github.com/oraios/other thing",
    "https://other.notion.com/mcp",
    "https://api.githubcopilot.com/mcp/x/actions",
  ]
  for (const line of known)
    it(`is known where the catalogue has something of the same: ${line}`, () => {
      assert.equal(isUnknown(line), false)
    })

  const notJudged = [
    "node dist/server.js",
    "./bin/my-server --stdio",
    "docker mcp gateway run",
    "http://localhost:3000/mcp",
    "https://10.1.2.3/mcp",
    "https://mcp.acme.internal/mcp",
    "https://tools/mcp",
    `https://\${MCP_HOST}/mcp`,
    `npx \${MCP_PACKAGE}`,
  ]
  for (const line of notJudged)
    it(`is not asked for what is local, of this network or named by a variable: ${line}`, () => {
      assert.equal(isUnknown(line), false)
    })

  const unknown = [
    "npx -y some-mcp-nobody-reviewed",
    "npx @someone/mcp@1.0.0",
    "uvx mcp-shady@0.1.0",
    "docker run -i someone/mcp-image",
    "npx github:someone/mcp",
    "https://mcp.some-startup.example/mcp",
    "https://notion.com.evil.example/mcp",
    "https://else.netlify.app/mcp",
    "https://playwright.workers.dev/mcp",
  ]
  for (const line of unknown)
    it(`is unknown where nothing of it is in the catalogue: ${line}`, () => {
      assert.equal(isUnknown(line), true)
    })
})

function isUnknown(line: string): boolean {
  const isAddress = /^https?:/.test(line)
  const launch = isAddress ? null : unwrapLaunch(splitCommandLine(line))
  return isFromUnknownPublisher({ launch, url: isAddress ? line : null }, loadKnowledge())
}
