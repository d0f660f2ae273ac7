import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { describe, it } from "node:test"
import { folderOf, scanFiles, scanPlaces } from "./scan-files.fixture.ts"

/** Made here, so that nothing in this file looks like somebody's secret. */
const SECRET = `sk-ant-api03-${createHash("sha512").update("code").digest("base64url").slice(0, 80)}`

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
    assert.deepEqual((await scanPlaces({ home, roots: [] })).agents, [])
  })
})
