import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { SeenMcpServer } from "../report.ts"
import { scanFiles } from "./scan-files.fixture.ts"

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

function lineOf({ name, transport, url, command, args }: SeenMcpServer): string {
  return [name, transport, url ?? [command, ...args].join(" ").trim()].join(" ")
}
