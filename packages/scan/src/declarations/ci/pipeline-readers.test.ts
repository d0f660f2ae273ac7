import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { SourceAgent, SourceReader } from "../../sources/source-reader.ts"
import { readDeclared, valuesOf } from "../read-declared.fixture.ts"
import { markdownWorkflowReader } from "./markdown-workflow-reader.ts"
import { pipelineReader } from "./pipeline-reader.ts"

describe("a pipeline that runs an agent", () => {
  const pipelines: Readonly<Record<string, readonly [text: string, name: string]>> = {
    ".gitlab-ci.yml": ["review:\n  script:\n    - npm i -g x\n    - claude -p go\n", "review"],
    ".gitlab/ci/agents.yml": ["review:\n  script: codex exec go\n", "review"],
    ".gitlab/duo/flows/fix.yaml": ["image: node\ncommands:\n  - opencode run go\n", "pipeline"],
    "azure-pipelines.yml": [
      "jobs:\n- job: work\n  steps:\n  - bash: gemini -p go\n    displayName: Ask\n  - script: make\n",
      "Ask",
    ],
    "azure-pipelines-nightly.yaml": [
      "steps:\n- task: Bash@3\n  displayName: Ask\n  inputs:\n    script: claude -p go\n",
      "Ask",
    ],
    ".circleci/config.yml": [
      "jobs:\n  work:\n    steps:\n      - checkout\n      - run:\n          name: Ask\n          command: |\n            copilot -p go\n",
      "Ask",
    ],
    "bitbucket-pipelines.yml": [
      "pipelines:\n  default:\n    - step:\n        name: Ask\n        script:\n          - claude -p go\n",
      "Ask",
    ],
  }
  for (const [path, [text, name]] of Object.entries(pipelines)) {
    it(`is seen in ${path}, under the name of its part`, async () => {
      const agents = await read(pipelineReader, path, text)
      assert.deepEqual(
        agents.map((agent) => [agent.framework, agent.name]),
        [["gha-other", name]],
      )
    })
  }

  it("tells what starts it, its options, its identity and whose keys it takes", async () => {
    const [agent] = await read(
      pipelineReader,
      ".gitlab-ci.yml",
      `review:
  id_tokens:
    TOKEN: {aud: https://x.test}
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - ANTHROPIC_API_KEY=$ANTHROPIC_API_KEY claude -p go --permission-mode acceptEdits
`,
    )
    assert.deepEqual(valuesOf(agent, "ci.trigger"), ["merge_request_event"])
    assert.deepEqual(valuesOf(agent, "ci.federation"), ["identity token"])
    assert.equal(agent?.level, "partial")
    assert.deepEqual(
      agent?.credentials.map(({ storedAs, provider }) => [storedAs, provider]),
      [["env-reference", "Anthropic"]],
    )
  })

  it("is not one that installs a client, names it, or has another name", async () => {
    const idle = "build:\n  script:\n    - npm i -g @anthropic-ai/claude-code\n    - echo 'claude -p go'\n"
    assert.deepEqual(await read(pipelineReader, ".gitlab-ci.yml", idle), [])
    assert.deepEqual(await read(pipelineReader, "values.yml", "review:\n  script: claude -p go\n"), [])
  })

  it("is read to its end, however deep it is", async () => {
    const deep = `${Array.from({ length: 40 }, (_, at) => `${" ".repeat(at)}a:`).join("\n")} 1\nreview:\n  script: claude -p go\n`
    assert.equal((await read(pipelineReader, ".gitlab-ci.yml", deep)).length, 1)
  })
})

describe("an agentic workflow in Markdown", () => {
  const PATH = ".github/workflows/triage.md"
  const text = (front: string): string => `---\n${front}\n---\n# Triage\n\nLook at the issue.\n`

  it("goes by its file, tells what starts it, and reads only unless it says otherwise", async () => {
    const [agent] = await read(
      markdownWorkflowReader,
      PATH,
      text("on:\n  issues:\n    types: [opened]\n  reaction: eyes"),
    )
    assert.equal(agent?.name, "triage")
    assert.deepEqual(valuesOf(agent, "ci.trigger"), ["issues"])
    assert.deepEqual(valuesOf(agent, "ci.guard"), ["write access, which the action demands"])
    assert.deepEqual(valuesOf(agent, "ci.token"), ["read only"])
    assert.equal(agent?.level, "restricted")
  })

  it("is open to everybody where it takes all roles", async () => {
    const [agent] = await read(
      markdownWorkflowReader,
      PATH,
      text("on: issues\nroles: all\npermissions: {issues: write}"),
    )
    assert.deepEqual(valuesOf(agent, "ci.guard"), ["none"])
    assert.equal(agent?.level, "broad")
  })

  it("tells its tools, and the servers that it is given", async () => {
    const front =
      'on: push\ntools:\n  github:\n  bash: [":*"]\nmcp-servers:\n  far: {url: "https://far.test/mcp"}'
    const [agent] = await read(markdownWorkflowReader, PATH, text(front))
    assert.deepEqual(valuesOf(agent, "ci.tools"), ["github, Bash"])
    assert.equal(agent?.level, "broad")
    assert.equal(agent?.servers[0]?.url, "https://far.test/mcp")
  })

  it("is not a part that others include, a page, or Markdown elsewhere", async () => {
    assert.deepEqual(await read(markdownWorkflowReader, PATH, text("tools:\n  github:")), [])
    assert.deepEqual(await read(markdownWorkflowReader, PATH, "# Workflows\non: push\n"), [])
    assert.deepEqual(await read(markdownWorkflowReader, "docs/triage.md", text("on: push")), [])
  })
})

async function read(reader: SourceReader, path: string, text: string): Promise<readonly SourceAgent[]> {
  return (await readDeclared(reader, `/repo/${path}`, text)).agents
}
