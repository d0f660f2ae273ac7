import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { MalformedDocument } from "../../documents/document.ts"
import type { SourceRead } from "../../sources/source-reader.ts"
import { readDeclared, valuesOf } from "../read-declared.fixture.ts"
import { bicepReader } from "./bicep-reader.ts"
import { cloudformationReader } from "./cloudformation-reader.ts"
import { terraformBlocks } from "./terraform-blocks.ts"
import { terraformReader } from "./terraform-reader.ts"

describe("reading Terraform", () => {
  it("answers blocks in blocks, their labels, values and lines", () => {
    const [block] = terraformBlocks(
      '\uFEFF# head\nresource "a_b" "c" {\r\n  x = "y"\n  inner {\n    z = var.z\n  }\n}\n',
    )
    assert.deepEqual([block?.type, block?.labels, block?.line], ["resource", ["a_b", "c"], 2])
    assert.equal(block?.values.get("x"), "y")
    assert.equal(block?.blocks[0]?.values.get("z"), "var.z")
  })

  it("reads nothing of what stands in comments, texts and here-documents", () => {
    const text = `
# resource "a" "one" {}
// resource "a" "two" {}
/* resource "a" "three" {
} */
locals {
  text = "resource \\"a\\" \\"four\\" {"
  inner = "\${lookup(var.m, "}")} {"
  more = <<-EOT
    resource "a" "five" {
  EOT
  map = { resource = "a" }
}
resource "a" "six" {}
`
    assert.deepEqual(
      terraformBlocks(text).map(({ type, labels }) => [type, ...labels]),
      [["locals"], ["resource", "a", "six"]],
    )
  })

  it("ends soon on a hostile text", () => {
    const start = performance.now()
    assert.throws(() => terraformBlocks("a {".repeat(100_000)), MalformedDocument)
    for (const text of [
      'a = "'.repeat(50_000),
      "a = <<X\n".repeat(20_000),
      "a = [".repeat(50_000),
      "/*".repeat(90_000),
    ])
      terraformBlocks(text)
    assert.ok(performance.now() - start < 15_000)
  })
})

describe("an agent that Terraform makes", () => {
  const resources: readonly (readonly [type: string, name: string, framework: string])[] = [
    ["aws_bedrockagent_agent", "agent_name", "bedrock-agents"],
    ["aws_bedrockagentcore_agent_runtime", "agent_runtime_name", "agentcore-iac"],
    ["google_vertex_ai_reasoning_engine", "display_name", "vertex-agents"],
    ["google_dialogflow_cx_agent", "display_name", "vertex-agents"],
  ]
  for (const [type, name, framework] of resources) {
    it(`is seen as ${type}`, async () => {
      const { agents } = await terraform(`resource "${type}" "this" {\n  ${name} = "Clerk"\n}\n`)
      assert.deepEqual(
        agents.map((agent) => [agent.framework, agent.name, agent.line]),
        [[framework, "Clerk", 1]],
      )
    })
  }

  it("goes by its resource's name where its own is made up elsewhere", async () => {
    const { agents } = await terraform(
      'resource "aws_bedrockagent_agent" "clerk" {\n  agent_name = var.name\n}\n',
    )
    assert.equal(agents[0]?.name, "clerk")
  })

  it("is told with its action groups, whether they ask, and its guard-rail", async () => {
    const { agents } = await terraform(`
resource "aws_bedrockagent_agent" "a" {
  agent_name = "Clerk"
  guardrail_configuration {
    guardrail_identifier = "gr-1"
  }
}
resource "aws_bedrockagent_agent_action_group" "g" {
  agent_id = aws_bedrockagent_agent.a.agent_id
  function_schema {
    member_functions {
      functions {
        name = "pay"
        require_confirmation = "ENABLED"
      }
    }
  }
}
resource "aws_bedrockagent_agent_action_group" "code" {
  agent_id = aws_bedrockagent_agent.a.agent_id
  parent_action_group_signature = "AMAZON.CodeInterpreter"
}
`)
    assert.equal(agents.length, 1)
    assert.deepEqual(valuesOf(agents[0], "declared.tools"), ["pay"])
    assert.deepEqual(valuesOf(agents[0], "declared.approval"), ["required"])
    assert.deepEqual(valuesOf(agents[0], "declared.code-execution"), ["AMAZON.CodeInterpreter"])
    assert.deepEqual(valuesOf(agents[0], "declared.guardrail"), ["gr-1"])
    assert.equal(agents[0]?.level, "restricted")
  })

  it("is known by its id alone where its tools are given by a module of their own", async () => {
    const group = (id: string) =>
      `resource "aws_bedrockagent_agent_action_group" "g" {\n  agent_id = ${id}\n}\n`
    const [agent] = (await terraform(group("var.agent_id"))).agents
    assert.deepEqual([agent?.name, agent?.confidence], [`\${var.agent_id}`, "medium"])
    assert.deepEqual((await terraform(group("aws_bedrockagent_agent.beside.agent_id"))).agents, [])
    const alias = 'resource "aws_bedrockagent_agent_alias" "l" {\n  agent_id = var.agent_id\n}\n'
    assert.equal((await terraform(alias)).agents.length, 1)
    const helper = 'resource "aws_bedrockagent_agent_collaborator" "h" {\n  agent_id = var.agent_id\n}\n'
    assert.equal((await terraform(`${group("var.agent_id")}${helper}`)).agents.length, 1)
  })

  it("comes from a published module, unless that is told to make none", async () => {
    const module = (more: string) => `module "m" {\n  source = "aws-ia/bedrock/aws"\n  ${more}\n}\n`
    assert.equal((await terraform(module('version = "1.0"'))).agents.length, 1)
    assert.equal((await terraform(module("create_agent = false"))).agents.length, 0)
  })

  it("is not a role, a policy, a data source, an alias, or an example in documents", async () => {
    for (const text of [
      'resource "aws_iam_role" "r" {\n  name = "aws_bedrockagent_agent"\n}\n',
      'data "aws_bedrockagent_agent" "d" {}\n',
      'resource "aws_bedrockagent_agent_alias" "l" {\n  agent_id = aws_bedrockagent_agent.a.agent_id\n}\n',
      '# resource "aws_bedrockagent_agent" "c" {}\n',
      'output "o" {\n  value = aws_bedrockagent_agent.a.id\n}\n',
    ])
      assert.deepEqual((await terraform(text)).agents, [], text)
    const agent = 'resource "aws_bedrockagent_agent" "a" {}\n'
    assert.deepEqual((await readDeclared(terraformReader, "/r/docs/a.tf", agent)).agents, [])
  })

  it("may have a gateway before an MCP server", async () => {
    const { servers } = await terraform(`resource "aws_bedrockagentcore_gateway_target" "t" {
  name = "far"
  target_configuration {
    mcp {
      mcp_server {
        endpoint = "https://far.test/mcp"
      }
    }
  }
}
`)
    assert.deepEqual(
      servers.map(({ name, url, location }) => [name, url, location.line]),
      [["far", "https://far.test/mcp", 1]],
    )
  })
})

describe("an agent that CloudFormation makes", () => {
  const YAML = `Resources:
  Clerk:
    Type: AWS::Bedrock::Agent
    Properties:
      AgentName: !Sub "\${Stage}-clerk"
      AgentResourceRoleArn: !GetAtt Role.Arn
      GuardrailConfiguration: {GuardrailIdentifier: gr-1}
      ActionGroups:
      - ActionGroupName: pay
        ActionGroupExecutor: {CustomControl: RETURN_CONTROL}
        FunctionSchema: {Functions: [{Name: a, RequireConfirmation: ENABLED}, {Name: b}]}
`

  it("is read from YAML with short tags", async () => {
    const [agent] = (await cloudformation(YAML)).agents
    assert.deepEqual(
      [agent?.framework, agent?.name, agent?.level],
      ["bedrock-agents", `\${Stage}-clerk`, "partial"],
    )
    assert.deepEqual(valuesOf(agent, "declared.tools"), ["pay"])
    assert.deepEqual(valuesOf(agent, "declared.guardrail"), ["gr-1"])
  })

  it("is read from JSON, and goes by its place where its name is made up", async () => {
    const resource = {
      Type: "AWS::BedrockAgentCore::Runtime",
      Properties: { AgentRuntimeName: { Ref: "Name" }, NetworkConfiguration: { NetworkMode: "PUBLIC" } },
    }
    const [agent] = (await cloudformation(JSON.stringify({ Resources: { Run: resource } }), "json")).agents
    assert.deepEqual([agent?.framework, agent?.name], ["agentcore-iac", "Run"])
    assert.deepEqual(valuesOf(agent, "declared.network"), ["PUBLIC"])
  })

  it("is not a permission that names one, an alias, or a description of the type", async () => {
    for (const text of [
      "Resources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties: {Description: AWS::Bedrock::Agent}\n",
      "Resources:\n  Alias:\n    Type: AWS::Bedrock::AgentAlias\n",
      "typeName: AWS::Bedrock::Agent\nproperties: {}\n",
    ])
      assert.deepEqual((await cloudformation(text)).agents, [], text)
  })
})

describe("an agent that Bicep makes", () => {
  const TYPE = "Microsoft.CognitiveServices/accounts/projects"
  const agents = async (text: string) => (await readDeclared(bicepReader, "/r/main.bicep", text)).agents

  it("is a resource of its type, by its name", async () => {
    const [agent] = await agents(
      `// one\nresource clerk '${TYPE}/agents@2025-06-01' = {\n  name: 'front-desk'\n}\n`,
    )
    assert.deepEqual([agent?.framework, agent?.name, agent?.line], ["azure-ai-foundry", "front-desk", 2])
  })

  it("is not a project that could hold some, one that exists already, or one in a comment", async () => {
    assert.deepEqual(await agents(`resource agents '${TYPE}@2025-06-01' = {\n  name: 'p'\n}\n`), [])
    assert.deepEqual(
      await agents(`resource a '${TYPE}/agents@2025-06-01' existing = {\n  name: 'x'\n}\n`),
      [],
    )
    assert.deepEqual(
      await agents(`/* agents\nresource a '${TYPE}/agents@2025-06-01' = {}\n*/\nresource b 'x/y@1' = {}\n`),
      [],
    )
  })
})

function terraform(text: string): Promise<SourceRead> {
  return readDeclared(terraformReader, "/repo/infra/main.tf", text)
}

function cloudformation(text: string, ending = "yaml"): Promise<SourceRead> {
  return readDeclared(cloudformationReader, `/repo/infra/template.${ending}`, text)
}
