import type { KnownFramework } from "../knowledge/knowledge-pack.ts"

/** Modules that clients of MCP servers are made with, whatever the framework. */
const MCP_MODULES = [
  "mcp",
  "@modelcontextprotocol",
  "langchain_mcp_adapters",
  "@langchain/mcp-adapters",
  "fastmcp",
  "crewai_tools",
  "mcpadapt",
  "mcp_use",
  "ModelContextProtocol",
  "io.modelcontextprotocol",
  "github.com/modelcontextprotocol/go-sdk",
  "github.com/mark3labs/mcp-go",
]
const SERVER_WORDS =
  /Stdio|Sse|SSE|Streamable|MultiServerMCPClient|mcp_?servers|MCPClient|MCPTools|McpToolset|MCPToolset|serverUrl|server_url/i

/** Answers the cheap question whether a text could declare an agent or a server: it imports a module that is known, and uses a name of it. */
export function mayDeclareBy(frameworks: readonly KnownFramework[]): (text: string) => boolean {
  const sdks = frameworks.flatMap((framework) => framework.sdks)
  const modules = [...new Set([...sdks.flatMap((sdk) => sdk.modules), ...MCP_MODULES])].map(escaped)
  const names = new Set(
    sdks.flatMap(({ agents }) => agents.map(({ call }) => call.split(".").at(-1) ?? call)),
  )
  const imports = new RegExp(
    String.raw`(?:\b(?:from|import|require|using)\b[ \t(]*(?:static[ \t]+|\w+[ \t]*=[ \t]*)?["'\x60\\]*|^[ \t]*(?:\w+[ \t]+)?")(?:${modules.join("|")})(?![\w-])`,
    "m",
  )
  const calls = new RegExp(String.raw`\b(?:${[...names].map(escaped).join("|")})\b`)
  return (text) => imports.test(text) && (calls.test(text) || SERVER_WORDS.test(text))
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`)
}
