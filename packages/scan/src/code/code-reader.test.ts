import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { describe, it, type TestContext } from "node:test"
import { ManualClock, Secret } from "@tabard/core"
import type { ScanReport, SeenMcpServer } from "../report.ts"
import { silentReporter } from "../reporter.ts"
import { scan } from "../scan.ts"

/** Made here, so that nothing in this file looks like somebody's secret. */
const SECRET = `sk-ant-api03-${createHash("sha512").update("code").digest("base64url").slice(0, 80)}`

describe("servers that source code declares", () => {
  it("are read wherever each SDK puts their command or address", async (t) => {
    const { mcpServers } = await scanFiles(t, {
      "adk.py": `from google.adk.agents import Agent
from google.adk.tools.mcp_tool.mcp_toolset import MCPToolset, StdioConnectionParams, StdioServerParameters
FOLDER = "/srv/notes"
root_agent = Agent(name="a", tools=[MCPToolset(connection_params=StdioConnectionParams(
    server_params=StdioServerParameters(command="npx", args=["-y", "@modelcontextprotocol/server-filesystem", FOLDER])))])`,
      "chain.py": `from langchain_mcp_adapters.client import MultiServerMCPClient
from langgraph.prebuilt import create_react_agent
client = MultiServerMCPClient({
    "sums": {"command": "python", "args": ["sums.py"], "transport": "stdio"},
    "weather": {"url": "http://localhost:8000/mcp", "transport": "streamable_http"},
})`,
      "hosted.py": `from agents import Agent, HostedMCPTool
docs = Agent(name="Docs", instructions="Read.", tools=[HostedMCPTool(tool_config={
    "type": "mcp", "server_label": "docs", "server_url": "https://docs.example.com/mcp", "require_approval": "never"})])`,
      "Program.cs": `using Microsoft.Agents.AI;
using ModelContextProtocol.Client;
var client = await McpClient.CreateAsync(new StdioClientTransport(new StdioClientTransportOptions {
  Name = "tickets", Command = "npx", Arguments = ["-y", "tickets-mcp@1.2.3"] }));
var agent = new ChatClientAgent(chat, name: "Clerk");`,
      "server.go": `package main
import (
	"os/exec"
	"google.golang.org/adk/agent/llmagent"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)
func main() {
	transport := &mcp.CommandTransport{Command: exec.Command("uvx", "clock-mcp")}
	a, _ := llmagent.New(llmagent.Config{Name: "a"})
}`,
      "fix.ts": `import { query } from "@anthropic-ai/claude-agent-sdk"
const base = process.env.NOTES_URL ?? "https://notes.example.com"
query({ prompt, options: { mcpServers: { notes: { type: "http", url: \`\${base}/mcp\` } } } })`,
    })
    assert.deepEqual(mcpServers.map(lineOf).toSorted(), [
      "MCPToolset stdio npx -y @modelcontextprotocol/server-filesystem /srv/notes",
      "docs http https://docs.example.com/mcp",
      "notes http https://notes.example.com/mcp",
      "sums stdio python sums.py",
      "tickets stdio npx -y tickets-mcp@1.2.3",
      "transport stdio uvx clock-mcp",
      "weather http http://localhost:8000/mcp",
    ])
    assert.equal(mcpServers.find(({ name }) => name === "MCPToolset")?.catalogue, "filesystem")
  })

  it("are read where their command and its arguments only stand in order", async (t) => {
    const { mcpServers } = await scanFiles(t, {
      "army.py": `import os
from pydantic_ai import Agent
from pydantic_ai.mcp import MCPServerStdio
tables = MCPServerStdio("npx", ["-y", "tables-mcp"], env={"TABLES_KEY": os.getenv("TABLES_KEY")})
folder = MCPServerStdio(os.getenv("RUNNER"), ["folder-mcp", os.getenv("FOLDER")])
agent = Agent("m", mcp_servers=[tables, folder])`,
      "found.py": `import shutil, sys
from mcp import StdioServerParameters
own = StdioServerParameters(command=sys.executable, args=["-m", "own_mcp"])
prices = StdioServerParameters(command=shutil.which("uvx"), args=["prices-mcp"])
wired = StdioServerParameters(command=find_runner(), args=["wired-mcp"])
any_server = StdioServerParameters(command=command, args=args)`,
      "line.py": `from agno.tools.mcp import MCPTools
maps = MCPTools("uvx --from maps-tools maps mcp", timeout_seconds=9)`,
      "Notes.java": `import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
class Notes {
  McpTransport notes = new StdioMcpTransport.Builder().command(List.of("npm", "exec", "notes-mcp")).build();
}`,
      "client.go": `package main
import "github.com/mark3labs/mcp-go/client"
func main() {
	clock, err := client.NewStdioMCPClient("uvx", []string{"ZONE=UTC"}, "clock-mcp", "--utc")
}`,
    })
    assert.deepEqual(mcpServers.map(lineOf).toSorted(), [
      "clock stdio uvx clock-mcp --utc",
      "folder stdio <env RUNNER> folder-mcp <env FOLDER>",
      "maps stdio uvx --from maps-tools maps mcp",
      "notes stdio npm exec notes-mcp",
      "own stdio python -m own_mcp",
      "prices stdio uvx prices-mcp",
      "tables stdio npx -y tables-mcp",
      "wired stdio <find_runner> wired-mcp",
    ])
  })

  it("are told by their name where their address comes from elsewhere, and never by a function that only uses one", async (t) => {
    const { mcpServers } = await scanFiles(t, {
      "client.ts": `import { MCPClient } from "@mastra/mcp"
export const tools = await new MCPClient({ servers: {
  desk: { url: process.env.DESK_URL || "" },
  books: { command: "npx", args: ["books-mcp"] },
} }).listTools()`,
      "gateway.py": `from agents.mcp import MCPServerStreamableHttp
def open_gateway(address):
    return MCPServerStreamableHttp(name="Gateway", params={"url": address})`,
      "fetched.py": `import json
from strands.tools.mcp import MCPClient
from mcp.client.streamable_http import streamablehttp_client
def main():
    gateway_url = json.load(open("config.json"))["gateway"]
    tools = MCPClient(lambda: streamablehttp_client(gateway_url))
def handed(url):
    return MCPClient(lambda: streamablehttp_client(url))`,
      "resource.go": `package main
import "github.com/modelcontextprotocol/go-sdk/mcp"
func main() { server.AddResource(&mcp.Resource{Name: "page", URI: PageAddress}, read) }`,
      "use.py": `from mcp.client.streamable_http import streamablehttp_client
async def call_mcp_tool(url, tool):
    async with streamablehttp_client(url) as streams:
        return await ask(streams, tool)
call_mcp_tool("https://use.example.com/mcp", "a")
call_mcp_tool("https://use.example.com/mcp", "b")`,
    })
    assert.deepEqual(mcpServers.map(lineOf).toSorted(), [
      "Gateway http <address>",
      "books stdio npx books-mcp",
      "desk http <env DESK_URL>",
      "tools http <gateway_url>",
    ])
  })

  it("go by the variable that holds them, by their place in a list, or by their host", async (t) => {
    const { mcpServers } = await scanFiles(t, {
      "graph.py": `from mcp import StdioServerParameters
from mcp.client.stdio import stdio_client
from langgraph.prebuilt import create_react_agent
sums_server = StdioServerParameters(command="python", args=["sums.py"])
async def main():
    async with stdio_client(sums_server) as (read, write):
        agent = create_react_agent(model, tools)`,
      "strands.py": `from strands import Agent
from strands.tools.mcp import MCPClient
docs_client = MCPClient(lambda: stdio_client(StdioServerParameters(command="uvx", args=["docs-mcp"])))
agent = Agent(tools=[docs_client])`,
      "typed.py": `from pydantic_ai import Agent
from pydantic_ai.mcp import MCPServerSSE, MCPServerStdio
box = MCPServerStdio("deno", args=["run", "box.ts"])
agent = Agent("m", toolsets=[box, MCPServerSSE("http://localhost:1/sse")])`,
      "crew.py": `from crewai import Agent
servers = [{"url": "http://localhost:2/sse"}]
with MCPServerAdapter(servers) as tools:
    clerk = Agent(role="c", goal="g", backstory="b", mcps=["https://find.example.com/mcp"])`,
      "desk.py": `from agno.agent import Agent
from agno.tools.mcp import MultiMCPTools
agent = Agent(tools=[MultiMCPTools(commands=["npx -y maps-mcp"])])`,
      "reply.py": `from openai import OpenAI
OpenAI().responses.create(model="m", input="i", tools=[
    {"type": "mcp", "server_label": "wiki", "server_url": "https://wiki.example.com/mcp"}])`,
      "Files.java": `import com.google.adk.agents.LlmAgent;
import io.modelcontextprotocol.client.transport.ServerParameters;
class Files {
  ServerParameters files = ServerParameters.builder("npx").args("-y", "files-mcp", "/tmp").build();
}`,
      "Tickets.cs": `using Microsoft.SemanticKernel.Agents;
using ModelContextProtocol.Client;
var client = await McpClientFactory.CreateAsync(new StdioClientTransport(new() { Name = "tickets", Command = "npx", Arguments = ["t-mcp"] }));`,
    })
    assert.deepEqual(mcpServers.map(lineOf).toSorted(), [
      "MCPServerSSE sse http://localhost:1/sse",
      "box stdio deno run box.ts",
      "commands[0] stdio npx -y maps-mcp",
      "docs_client stdio uvx docs-mcp",
      "files stdio npx -y files-mcp /tmp",
      "find.example.com http https://find.example.com/mcp",
      "servers[0] sse http://localhost:2/sse",
      "sums_server stdio python sums.py",
      "tickets stdio npx t-mcp",
      "wiki http https://wiki.example.com/mcp",
    ])
  })

  it("belong to the agent that uses them, where a file has several agents", async (t) => {
    const report = await scanFiles(t, {
      "two.py": `from agents import Agent
from agents.mcp import MCPServerStdio
files = MCPServerStdio(params={"command": "npx", "args": ["files-mcp"]}, name="files")
reader = Agent(name="Reader", instructions="Read.", mcp_servers=[files])
talker = Agent(name="Talker", instructions="Talk.")`,
    })
    const [server] = report.mcpServers
    const owners = report.agents.filter(({ mcpServers }) => mcpServers.includes(server?.key ?? ""))
    assert.deepEqual(
      owners.map(({ name }) => name),
      ["Reader"],
    )
  })

  it("are not what a program serves itself, nor what it is only handed", async (t) => {
    const report = await scanFiles(t, {
      "serve.py": `from mcp.server.fastmcp import FastMCP
from mcp import StdioServerParameters
app = FastMCP("sums")
def connect(command, args):
    return StdioServerParameters(command=command, args=args)`,
    })
    assert.deepEqual(report.mcpServers, [])
  })
})

describe("credentials in source code", () => {
  it("are told as references where they come from variables, and belong to the agent", async (t) => {
    const report = await scanFiles(t, {
      "a.py": `import os
from pydantic_ai import Agent
# os.environ["COMMENTED_API_KEY"]
agent = Agent("m", api_key=os.environ["NOTES_API_KEY"])`,
    })
    assert.deepEqual(
      report.credentials.map(({ storedAs }) => storedAs),
      ["env-reference"],
    )
    assert.deepEqual(
      report.agents[0]?.credentials,
      report.credentials.map(({ key }) => key),
    )
  })

  it("are told by fingerprint where they are written down, and no byte of them is in the report", async (t) => {
    const report = await scanFiles(t, {
      "a.py": `from agents import Agent
from agents.mcp import MCPServerStdio
KEY = "${SECRET}"
agent = Agent(name="${SECRET}", instructions="x", mcp_servers=[
    MCPServerStdio(params={"command": "npx", "args": ["x-mcp", "--key", KEY], "env": {"X_API_KEY": "${SECRET}"}})])`,
    })
    assert.ok(report.credentials.some(({ storedAs }) => storedAs === "plaintext"))
    assert.ok(report.findings.some(({ rule }) => rule === "plaintext-credential"))
    assert.equal(report.agents.length, 1)
    assert.equal(JSON.stringify(report).includes(SECRET.slice(14, 40)), false)
  })

  it("are not names and words that only sound like them", async (t) => {
    const report = await scanFiles(t, {
      "a.py": `from agents import Agent
agent = Agent(name="a", instructions="x")
session_key = "conversation-key-for-demo-1"
database = "postgresql+psycopg_async://ai:ai@db:5532/ai"
local = "postgresql://clerk:Xk29-vQ81-Lm77@localhost:5432/notes"
token = "<your-token-here-1234567890>"
password_prompt = "please-enter-your-password"`,
    })
    assert.deepEqual(report.credentials, [])
  })
})

describe("the autonomy of agents in source code", () => {
  it("is what the declaration and the tools it names say, else not stated", async (t) => {
    const report = await scanFiles(t, {
      "a.py": `from agents import Agent, function_tool, ShellTool
@function_tool(needs_approval=True)
def drop(table): ...
careful = Agent(name="careful", instructions="x", tools=[drop])
plain = Agent(name="plain", instructions="x")`,
      "b.py": `from claude_agent_sdk import query, ClaudeAgentOptions
options = ClaudeAgentOptions(permission_mode="bypassPermissions")
free = query(prompt="go", options=options)`,
      "c.py": `from smolagents import CodeAgent
boxed = CodeAgent(tools=[], model=m, executor_type="docker")
loose = CodeAgent(tools=[], model=m)`,
      "d.py": `import os
from strands import Agent
os.environ["BYPASS_TOOL_CONSENT"] = "true"
ops = Agent(tools=[shell])`,
      "e.py": `from langgraph.graph import StateGraph
flow = StateGraph(State)
flow.add_node("model", call_model)
app = flow.compile(interrupt_before=["tools"])`,
    })
    const levels = Object.fromEntries(report.agents.map(({ name, autonomy }) => [name, autonomy.level]))
    assert.deepEqual(levels, {
      careful: "restricted",
      plain: "not_stated",
      free: "unrestricted",
      boxed: "partial",
      loose: "unrestricted",
      ops: "unrestricted",
      "StateGraph(State)": "restricted",
    })
  })
})

describe("agents of one file", () => {
  it("do not answer for each other's settings, but for what they make of each other", async (t) => {
    const report = await scanFiles(t, {
      "a.py": `from agents import Agent, HostedMCPTool
free = Agent(name="free", instructions="x", tools=[HostedMCPTool(tool_config={"require_approval": "never"})])
boss = Agent(name="boss", instructions="x", handoffs=[free])
asks = Agent(name="asks", instructions="x", tools=[free.as_tool(tool_name="f", needs_approval=True)])`,
    })
    const levels = Object.fromEntries(report.agents.map(({ name, autonomy }) => [name, autonomy.level]))
    assert.equal(levels["boss"], "not_stated")
    assert.equal(levels["asks"], "restricted")
    assert.equal(levels["free"], "unrestricted")
  })
})

describe("code that is not looked at", () => {
  it("is others', or only tries out one's own, by its place beneath the root", async (t) => {
    const agent = "from pydantic_ai import Agent\nagent = Agent('m')\n"
    const places = [
      "tests/agent.py",
      "src/test_agent.py",
      "src/agent_test.py",
      "vendor/lib/agent.py",
      "node_modules/x/agent.py",
      "App.Tests/agent.py",
      "src/agent.py",
    ]
    const report = await scanFiles(t, Object.fromEntries(places.map((place) => [place, agent])))
    assert.deepEqual(
      report.agents.flatMap(({ locations }) => locations.map(({ path }) => path.split("/").at(-1))),
      ["agent.py"],
    )
  })

  it("is a framework's own package, told from a folder that is only called like it", async (t) => {
    const agent = "from crewai import Agent\nagent = Agent(role='r', goal='g', backstory='b')\n"
    const report = await scanFiles(t, {
      "x/crewai/__init__.py": "",
      "x/crewai/make.py": agent,
      "libs/crewai/crewai/make.py": agent,
      "crewai/src/crewai/make.py": agent,
      "examples/crewai/make.py": agent,
      "samples/agents/crewai/__init__.py": "",
      "samples/agents/crewai/make.py": agent,
      "src/crewai_office/__init__.py": "",
      "src/crewai_office/make.py": agent,
    })
    const places = report.agents.map(({ locations }) => locations[0]?.path.split("/").slice(-3, -1).join("/"))
    assert.deepEqual(places.toSorted(), ["agents/crewai", "examples/crewai", "src/crewai_office"])
  })

  it("is any code of a home directory that is not a root", async (t) => {
    const home = folderOf(t, { "work/agent.py": "from pydantic_ai import Agent\nagent = Agent('m')\n" })
    assert.deepEqual((await run({ home, roots: [] })).agents, [])
  })
})

function lineOf({ name, transport, url, command, args }: SeenMcpServer): string {
  return [name, transport, url ?? [command, ...args].join(" ").trim()].join(" ")
}

function scanFiles(t: TestContext, files: Readonly<Record<string, string>>): Promise<ScanReport> {
  return run({ home: null, roots: [folderOf(t, files)] })
}

function folderOf(t: TestContext, files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "tabard-code-"))
  t.after(() => rmSync(root, { recursive: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

function run(where: {
  readonly home: string | null
  readonly roots: readonly string[]
}): Promise<ScanReport> {
  const fingerprintKey = new Secret("k".repeat(40))
  const clock = new ManualClock("2026-11-21T00:00:00Z")
  return scan({ ...where, os: "linux", fingerprintKey, clock }, silentReporter, AbortSignal.timeout(60_000))
}
