import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { SourceAgent, SourceRead, SourceReader } from "../../sources/source-reader.ts"
import { readDeclared, valuesOf } from "../read-declared.fixture.ts"
import { copilotStudioReader } from "./copilot-studio-reader.ts"
import { difyReader } from "./dify-reader.ts"
import { flowiseReader } from "./flowise-reader.ts"
import { langflowReader } from "./langflow-reader.ts"
import { m365Reader } from "./m365-reader.ts"
import { n8nReader } from "./n8n-reader.ts"

describe("an agent of n8n", () => {
  const LANGCHAIN = "@n8n/n8n-nodes-langchain"
  const node = (name: string, type: string, more: object = {}) => ({ name, type, ...more })
  const flow = (nodes: readonly object[], connections: object = {}) => ({ nodes, connections })
  const tool = (to: string) => ({ ai_tool: [[{ node: to, type: "ai_tool", index: 0 }]] })

  for (const kind of ["agent", "agentTool", "openAiAssistant"]) {
    it(`is seen as the node ${kind}`, async () => {
      assert.deepEqual(await names(n8nReader, flow([node("Clerk", `${LANGCHAIN}.${kind}`)])), ["Clerk"])
    })
  }

  it("is an assistant of OpenAI that it speaks with, and not one that it makes", async () => {
    const openAi = (parameters: object) => flow([node("Ask", `${LANGCHAIN}.openAi`, { parameters })])
    assert.deepEqual(await names(n8nReader, openAi({ resource: "assistant" })), ["Ask"])
    assert.deepEqual(await names(n8nReader, openAi({ resource: "assistant", operation: "create" })), [])
    assert.deepEqual(await names(n8nReader, openAi({ resource: "text" })), [])
  })

  it("is not a chain, a model, a node that is off, or a flow without a model", async () => {
    const others = [
      node("Sum up", `${LANGCHAIN}.chainLlm`),
      node("Model", `${LANGCHAIN}.lmChatOpenAi`),
      node("Off", `${LANGCHAIN}.agent`, { disabled: true }),
      node("Note", "n8n-nodes-base.stickyNote", { parameters: { content: `${LANGCHAIN}.agent` } }),
    ]
    assert.deepEqual(await names(n8nReader, flow(others)), [])
  })

  it("tells its own tools, who can start it, and the server behind a tool of MCP", async () => {
    const nodes = [
      node("Clerk", `${LANGCHAIN}.agent`, { parameters: { options: { maxIterations: 40 } } }),
      node("Mail", "n8n-nodes-base.gmailTool", { credentials: { gmailOAuth2: { id: "7", name: "mine" } } }),
      node("Code", `${LANGCHAIN}.toolCode`),
      node("Far", `${LANGCHAIN}.mcpClientTool`, { parameters: { endpointUrl: "https://far.test/mcp" } }),
      node("Elsewhere", "n8n-nodes-base.slackTool"),
      node("Chat", `${LANGCHAIN}.chatTrigger`, { parameters: { public: true } }),
      node("Hook", "n8n-nodes-base.webhook", { parameters: { authentication: "basicAuth" } }),
    ]
    const connections = {
      Mail: tool("Clerk"),
      Code: tool("Clerk"),
      Far: tool("Clerk"),
      Elsewhere: tool("Other"),
    }
    const [agent] = (await json(n8nReader, flow(nodes, connections))).agents
    assert.deepEqual(valuesOf(agent, "declared.tools"), ["gmailTool, toolCode, mcpClientTool"])
    assert.deepEqual(valuesOf(agent, "declared.code-execution"), ["Code"])
    assert.deepEqual(valuesOf(agent, "declared.iterations"), ["40"])
    assert.deepEqual(valuesOf(agent, "declared.public-trigger"), ["Chat"])
    assert.deepEqual(
      agent?.servers.map(({ name, url }) => [name, url]),
      [["Far", "https://far.test/mcp"]],
    )
    assert.deepEqual(
      agent?.credentials.map(({ storedAs }) => storedAs),
      ["helper"],
    )
  })

  it("is read from an export of many workflows", async () => {
    const many = [flow([node("A", `${LANGCHAIN}.agent`)]), flow([node("B", `${LANGCHAIN}.agent`)])]
    assert.deepEqual(await names(n8nReader, many), ["A", "B"])
  })
})

describe("an agent of Dify", () => {
  const yaml = async (text: string) => (await readDeclared(difyReader, "/r/app.yml", text)).agents

  it("is an application of the mode agent-chat", async () => {
    const [agent] = await yaml(`kind: app
app:
  mode: agent-chat
  name: Helper
model_config:
  agent_mode:
    max_iteration: 9
    tools:
    - {tool_name: search, enabled: true}
    - {tool_name: mail, enabled: false}
`)
    assert.deepEqual([agent?.name, agent?.category], ["Helper", "chatbot"])
    assert.deepEqual(valuesOf(agent, "declared.tools"), ["search"])
    assert.deepEqual(valuesOf(agent, "declared.iterations"), ["9"])
  })

  it("is a node of the type agent, with the servers of its strategy", async () => {
    const text = dify("workflow", "agent", 'agent_parameters: {mcp_server: {value: "https://far.test/sse"}}')
    const [agent] = await yaml(text)
    assert.deepEqual([agent?.name, agent?.category], ["Step", "production"])
    assert.deepEqual(
      agent?.servers.map(({ url, transport }) => [url, transport]),
      [["https://far.test/sse", "sse"]],
    )
  })

  it("is not a chat, a completion or a flow that only calls a model", async () => {
    assert.deepEqual(await yaml(dify("workflow", "llm", "prompt: you are an agent")), [])
    assert.deepEqual(
      await yaml("kind: app\napp: {mode: chat, name: agent}\nmodel_config: {agent_mode: {enabled: false}}\n"),
      [],
    )
    assert.deepEqual(await yaml("kind: plugin\napp: {mode: agent-chat, name: x}\n"), [])
  })

  it("keeps a secret that was exported with it to itself", async () => {
    const secret = `sk-${"aB3dE6gH9".repeat(5)}`
    const text = `${dify("workflow", "agent", "agent_parameters: {}")}  environment_variables:\n  - {name: KEY, value: ${secret}, value_type: secret}\n`
    const read = await readDeclared(difyReader, "/r/app.yml", text)
    assert.ok(read.credentials.some(({ storedAs }) => storedAs === "plaintext"))
    assert.ok(!JSON.stringify(read).includes("aB3dE6gH9"))
  })
})

describe("an agent of Flowise", () => {
  const node = (id: string, data: object) => ({ id, type: "customNode", data: { inputs: {}, ...data } })
  const flow = (...nodes: readonly object[]) => ({ nodes, edges: [] })

  const agents: readonly (readonly [what: string, data: object, name: string])[] = [
    ["agentflow", { name: "agentAgentflow", label: "Researcher" }, "Researcher"],
    ["supervisor", { name: "supervisor", label: "Supervisor", inputs: { supervisorName: "Boss" } }, "Boss"],
    ["worker", { name: "worker", label: "Worker", inputs: { workerName: "Coder" } }, "Coder"],
    ["sequential agent", { name: "seqAgent", label: "Agent", inputs: { agentName: "Writer" } }, "Writer"],
    [
      "tool agent",
      { name: "toolAgent", type: "AgentExecutor", category: "Agents", label: "Tool Agent" },
      "Tool Agent",
    ],
    [
      "assistant",
      { name: "openAIAssistant", type: "OpenAIAssistant", category: "Agents", label: "OpenAI" },
      "OpenAI",
    ],
  ]
  for (const [what, data, name] of agents) {
    it(`is seen as ${what}`, async () => {
      assert.deepEqual(await names(flowiseReader, flow(node("n_0", data))), [name])
    })
  }

  it("is not a chain, a model, a router, or the start of a flow", async () => {
    const others = [
      { name: "conversationChain", type: "ConversationChain", category: "Chains" },
      { name: "chatOpenAI", type: "ChatOpenAI", category: "Chat Models" },
      { name: "llmAgentflow", type: "LLM", category: "Agent Flows" },
      { name: "conditionAgentAgentflow", type: "ConditionAgent", category: "Agent Flows" },
      { name: "seqStart", type: "Start", category: "Sequential Agents" },
    ]
    assert.deepEqual(await names(flowiseReader, flow(...others.map((data, at) => node(`n_${at}`, data)))), [])
    assert.deepEqual(await names(flowiseReader, { name: "worker", nodes: ["worker"] }), [])
  })

  it("tells its tools, wired or selected, and whether they ask", async () => {
    const wired = flow(
      node("a_0", {
        name: "worker",
        label: "W",
        inputs: { tools: ["{{calc_0.data.instance}}"], maxIterations: "3" },
      }),
      node("calc_0", { name: "calculator" }),
    )
    const [worker] = (await json(flowiseReader, wired)).agents
    assert.deepEqual(valuesOf(worker, "declared.tools"), ["calculator"])
    assert.deepEqual(valuesOf(worker, "declared.iterations"), ["3"])
    const select = (asks: boolean) => ({
      agentSelectedTool: "gmail",
      agentSelectedToolRequiresHumanInput: asks,
    })
    const level = async (...tools: readonly object[]) =>
      (
        await json(
          flowiseReader,
          flow(node("a_0", { name: "agentAgentflow", label: "A", inputs: { agentTools: tools } })),
        )
      ).agents[0]?.level
    assert.equal(await level(select(true)), "restricted")
    assert.equal(await level(select(true), select(false)), "partial")
    assert.equal(await level(select(false)), "not_stated")
  })

  it("is given the server that a tool of MCP starts", async () => {
    const config = JSON.stringify({ command: "npx", args: ["-y", "tavily-mcp"] })
    const tool = { agentSelectedTool: "customMCP", agentSelectedToolConfig: { mcpServerConfig: config } }
    const data = { name: "agentAgentflow", label: "A", inputs: { agentTools: [tool] } }
    const [agent] = (await json(flowiseReader, flow(node("a_0", data)))).agents
    assert.equal(agent?.servers[0]?.command, "npx")
  })

  it("is read from an export of everything, where flows are kept as text", async () => {
    const flowData = JSON.stringify(flow(node("a_0", { name: "agentAgentflow", label: "Inner" })))
    assert.deepEqual(await names(flowiseReader, { AgentFlowV2: [{ name: "nodes", flowData }] }), ["Inner"])
  })
})

describe("an agent of Langflow", () => {
  const node = (id: string, type: string, template: object = {}) => ({
    id,
    data: { type, node: { display_name: `My ${type}`, template } },
  })
  const flow = (nodes: readonly object[], edges: readonly object[] = []) => ({
    name: "f",
    data: { nodes, edges },
  })

  for (const type of ["Agent", "ToolCallingAgent", "CrewAIAgentComponent", "HierarchicalCrewComponent"]) {
    it(`is seen as ${type}`, async () => {
      assert.deepEqual(await names(langflowReader, flow([node("a", type)])), [`My ${type}`])
    })
  }

  it("is not a model, a prompt, or a component that only has agent in its name", async () => {
    const others = ["OpenAIModel", "Prompt", "ChatInput", "AgentOutputParser"]
    assert.deepEqual(await names(langflowReader, flow(others.map((type) => node(type, type)))), [])
  })

  it("tells its tools and the server behind one, and whose key it holds", async () => {
    const template = {
      max_iterations: { value: 15 },
      api_key: { password: true, load_from_db: true, value: "OPENAI_API_KEY" },
    }
    const server = { mcp_server: { value: { name: "far", config: { url: "https://far.test/mcp" } } } }
    const edge = { source: "m", target: "a", data: { targetHandle: { fieldName: "tools" } } }
    const [agent] = (
      await json(langflowReader, flow([node("a", "Agent", template), node("m", "MCPTools", server)], [edge]))
    ).agents
    assert.deepEqual(valuesOf(agent, "declared.tools"), ["MCPTools"])
    assert.deepEqual(valuesOf(agent, "declared.iterations"), ["15"])
    assert.equal(agent?.servers[0]?.name, "far")
    assert.deepEqual(
      agent?.credentials.map(({ storedAs, provider }) => [storedAs, provider]),
      [["env-reference", "OpenAI"]],
    )
  })
})

describe("an agent of Copilot Studio", () => {
  const read = async (path: string, text: string) =>
    (await readDeclared(copilotStudioReader, path, text)).agents
  const GPT = "kind: GptComponentMetadata\ngptCapabilities:\n  webBrowsing: true\n  codeInterpreter: true\n"

  it("goes by what it is called, else by its schema's name, else by its folder", async () => {
    const [solution] = await read("/r/botcomponents/x_Clerk.gpt.default/data", GPT)
    assert.equal(solution?.name, "x_Clerk")
    const [child] = await read("/r/botcomponents/x_Clerk.agent.Helper/data", "kind: AgentDialog\n")
    assert.equal(child?.name, "Helper")
    const [clone] = await read("/r/Sales/agent.mcs.yml", `${GPT}displayName: Seller\n`)
    assert.equal(clone?.name, "Seller")
    assert.equal((await read("/r/Sales/agent.mcs.yml", GPT))[0]?.name, "Sales")
  })

  it("is a chatbot, and tells what it can do besides", async () => {
    const [agent] = await read("/r/botcomponents/x_Clerk.gpt.default/data", GPT)
    assert.equal(agent?.category, "chatbot")
    assert.deepEqual(valuesOf(agent, "declared.web"), ["web browsing"])
    assert.deepEqual(valuesOf(agent, "declared.code-execution"), ["code interpreter"])
  })

  it("is found among the components of a whole export", async () => {
    const text =
      "kind: BotDefinition\ncomponents:\n- kind: GptComponent\n  metadata:\n    kind: GptComponentMetadata\n    displayName: Whole\n"
    assert.equal((await read("/r/bot.mcs.yml", text))[0]?.name, "Whole")
  })

  it("is not a topic, a tool that calls another agent, or any other file", async () => {
    const topic = "kind: AdaptiveDialog\nbeginDialog: {kind: OnRecognizedIntent}\n"
    assert.deepEqual(await read("/r/topics/a.mcs.yml", topic), [])
    const task =
      "kind: TaskDialog\naction:\n  kind: InvokeConnectedAgentTaskAction\n  botSchemaName: GptComponentMetadata\n"
    assert.deepEqual(await read("/r/botcomponents/x.InvokeConnectedAgentTaskAction.y/data", task), [])
    assert.deepEqual(await read("/r/notes.yml", GPT), [])
  })
})

describe("a declarative agent of Microsoft 365", () => {
  const SCHEMA = "https://developer.microsoft.com/json-schemas/copilot/declarative-agent/v1.5/schema.json"

  it("is seen by its schema, or by what only it has", async () => {
    const agent = {
      version: "v1.5",
      name: "Clerk",
      instructions: "Help.",
      capabilities: [{ name: "WebSearch" }],
    }
    assert.deepEqual(await names(m365Reader, { $schema: SCHEMA, name: "Clerk", instructions: "Help." }), [
      "Clerk",
    ])
    const [seen] = (await json(m365Reader, agent)).agents
    assert.equal(seen?.category, "chatbot")
    assert.deepEqual(valuesOf(seen, "declared.web"), ["WebSearch"])
  })

  it("is not the schema itself, the manifest that names it, or a recipe with instructions", async () => {
    const schema = {
      $schema: SCHEMA,
      type: "object",
      properties: { instructions: {} },
      name: "x",
      instructions: "y",
    }
    const manifest = { copilotAgents: { declarativeAgents: [{ id: "a", file: "declarativeAgent.json" }] } }
    for (const value of [schema, manifest, { name: "Soup", instructions: "Boil." }])
      assert.deepEqual(await names(m365Reader, value), [])
  })

  it("has the MCP server that its plugin calls", async () => {
    const plugin = {
      namespace: "orders",
      runtimes: [{ type: "RemoteMCPServer", spec: { url: "https://o.test/mcp" } }],
    }
    const { servers } = await json(m365Reader, plugin)
    assert.deepEqual(
      servers.map(({ name, url }) => [name, url]),
      [["orders", "https://o.test/mcp"]],
    )
  })
})

function json(reader: SourceReader, value: unknown): Promise<SourceRead> {
  return readDeclared(reader, "/repo/flows/export.json", JSON.stringify(value))
}

async function names(reader: SourceReader, value: unknown): Promise<readonly SourceAgent["name"][]> {
  return (await json(reader, value)).agents.map(({ name }) => name)
}

function dify(mode: string, type: string, data: string): string {
  return `kind: app
app:
  mode: ${mode}
  name: Flow
workflow:
  graph:
    nodes:
    - id: "1"
      data:
        type: ${type}
        title: Step
        ${data}
`
}
