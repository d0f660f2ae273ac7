import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { SourceAgent, SourceRead } from "../../sources/source-reader.ts"
import { readDeclared, valuesOf } from "../read-declared.fixture.ts"
import { workflowReader } from "./workflow-reader.ts"

describe("a workflow that runs an agent", () => {
  it("is seen by its action, under the step's id, else its name, else the job's id", async () => {
    assert.deepEqual(await seen("- id: helper\n  name: Ask\n  uses: anthropics/claude-code-action@v1"), [
      ["claude-code-action", "helper"],
    ])
    assert.deepEqual(await seen("- name: Ask\n  uses: openai/codex-action@v1"), [["codex-action", "Ask"]])
    assert.deepEqual(await seen("- uses: google-github-actions/run-gemini-cli@v0"), [
      ["run-gemini-cli", "work"],
    ])
  })

  it("keeps two steps without a name apart", async () => {
    const step = "- uses: anthropics/claude-code-action/base-action@v1"
    assert.deepEqual(await seen(`${step}\n${step}`), [
      ["claude-code-action", "work (1)"],
      ["claude-code-action", "work (2)"],
    ])
  })

  const actions = [
    "anthropics/claude-code-base-action@beta",
    "anthropics/claude-code-security-review@main",
    "google-gemini/gemini-cli-action@v0",
    "sst/opencode/github@latest",
    "qodo-ai/pr-agent@main",
    "somebody/claude-code-action@main",
  ]
  for (const action of actions) {
    it(`is seen by ${action}`, async () => {
      assert.equal((await seen(`- uses: ${action}`)).length, 1)
    })
  }

  const commands: Readonly<Record<string, string>> = {
    "claude -p 'fix it' --allowedTools Read": "restricted",
    "cat log | npx -y @anthropic-ai/claude-code@2 -p --dangerously-skip-permissions": "unrestricted",
    "codex exec --sandbox danger-full-access 'go'": "unrestricted",
    "timeout 60 gemini --yolo -p hello": "unrestricted",
    "out=\"$(copilot -p review --allow-tool 'shell(git)')\"": "partial",
    "opencode run 'go'": "restricted",
    "uvx aider-chat --message go --yes-always": "unrestricted",
    "if true; then goose run -i plan.md; fi": "restricted",
    "cursor-agent -p --force go": "unrestricted",
    "bash -c 'droid exec --auto medium go'": "broad",
    "FOO=1 amp -x go": "restricted",
    "q chat --no-interactive --trust-all-tools go": "unrestricted",
    "codex -m some-model exec go": "restricted",
  }
  for (const [command, level] of Object.entries(commands)) {
    it(`is seen by ${command}, and is ${level}`, async () => {
      const { agents } = await workflow(`- run: ${JSON.stringify(command)}`)
      assert.deepEqual(
        agents.map((agent) => [agent.framework, agent.level]),
        [["gha-other", level]],
      )
    })
  }

  const idle = [
    "npm install -g @anthropic-ai/claude-code",
    "# claude -p 'go'",
    "echo \"run claude -p 'go'\"",
    "which claude && claude --version",
    "claude mcp list",
    "codex login",
    "claude mcp add far -p",
    "copilot env init -p main",
    "cat <<'EOF' > help.txt\nclaude -p 'go'\nEOF",
    "gemini --version",
    "cp -r droid exec",
    "git commit -m 'codex exec'",
  ]
  for (const command of idle) {
    it(`is not seen in ${command.replaceAll("\n", " ⏎ ")}`, async () => {
      assert.deepEqual(await seen(`- run: ${JSON.stringify(command)}`), [])
    })
  }

  it("is not seen in an ordinary workflow, a single call of a model, or an option that is commented out", async () => {
    assert.deepEqual(await seen("- uses: actions/checkout@v4\n- run: npm test # claude"), [])
    assert.deepEqual(await seen("- uses: actions/ai-inference@v1\n  with:\n    prompt: codex"), [])
    assert.deepEqual(await seen("- run: make\n# - uses: anthropics/claude-code-action@v1"), [])
  })

  it("is not seen among documents and tests, and is where it acts or stands alone", async () => {
    const text = file("- uses: openai/codex-action@v1")
    assert.equal((await readDeclared(workflowReader, "/r/docs/ci.yml", text)).agents.length, 0)
    assert.equal((await readDeclared(workflowReader, "/r/tests/ci.yml", text)).agents.length, 0)
    assert.equal((await readDeclared(workflowReader, "/r/triage.yaml", text)).agents.length, 1)
  })

  it("is read whatever the file looks like: a mark of byte order, lines of Windows, the triggers under true", async () => {
    const text = `\uFEFF${file("- uses: openai/codex-action@v1").replace("on:", "true:").replaceAll("\n", "\r\n")}`
    const { agents } = await readDeclared(workflowReader, PATH, text)
    assert.equal(agents.length, 1)
    assert.deepEqual(valuesOf(agents[0], "ci.trigger"), ["issues"])
  })

  it("is seen in a composite action, which leaves triggers and token to its callers", async () => {
    const text = "name: review\nruns:\n  using: composite\n  steps:\n    - uses: openai/codex-action@v1\n"
    const { agents } = await readDeclared(workflowReader, "/r/.github/actions/review/action.yml", text)
    assert.equal(agents.length, 1)
    assert.deepEqual(valuesOf(agents[0], "ci.token"), [])
    assert.equal((await readDeclared(workflowReader, "/r/action.yml", text)).agents.length, 0)
  })

  it("is not told twice where a lock file was made of a workflow in Markdown", async () => {
    const text = `# This file was generated by gh-aw\n${file("- uses: openai/codex-action@v1")}`
    assert.equal(
      (await readDeclared(workflowReader, "/r/.github/workflows/a.lock.yml", text)).agents.length,
      0,
    )
  })
})

describe("the triggers of a workflow", () => {
  const spellings = ["on: issues", "on: [issues]", "on:\n  issues:\n    types: [opened]", "'on':\n  - issues"]
  for (const on of spellings) {
    it(`are read from ${on.replaceAll("\n", " ⏎ ")}`, async () => {
      const agent = await only({ on, steps: GEMINI })
      assert.deepEqual(valuesOf(agent, "ci.trigger"), ["issues"])
      assert.deepEqual(valuesOf(agent, "ci.untrusted-trigger"), ["issues"])
    })
  }

  it("are no stranger's where only people with rights can cause them", async () => {
    for (const on of ["on: push", "on: pull_request", "on:\n  issues:\n    types: [labeled, assigned]"]) {
      const agent = await only({ on, steps: GEMINI })
      assert.deepEqual(valuesOf(agent, "ci.untrusted-trigger"), [], on)
      assert.deepEqual(valuesOf(agent, "ci.guard"), [], on)
    }
  })
})

describe("what stands in a stranger's way", () => {
  const guards: readonly (readonly [condition: string, guard: string])[] = [
    ["contains(github.event.comment.body, '@bot')", "none"],
    ["github.event.comment.author_association == 'OWNER'", "author association"],
    [
      `contains(fromJSON('["OWNER","MEMBER"]'), github.event.comment.author_association) && contains(github.event.comment.body, '/go')`,
      "author association",
    ],
    [
      "github.event.comment.author_association == 'MEMBER' || contains(github.event.comment.body, '/go')",
      "none",
    ],
    ["github.event.comment.author_association != 'NONE'", "none"],
    ["github.actor == 'octocat'", "actor"],
    ["github.actor != 'dependabot[bot]'", "none"],
    ["github.event.comment.user.login == github.event.issue.user.login", "none"],
    ["!(github.actor == 'octocat')", "none"],
    ["(github.event_name == 'push' && github.actor == 'x') || github.event_name == 'issue_comment'", "none"],
    [
      "github.event_name == 'push' || github.event.comment.author_association == 'OWNER'",
      "author association",
    ],
    ["github.event.pull_request.head.repo.full_name == github.repository", "own branch"],
    ["!github.event.pull_request.head.repo.fork", "own branch"],
    ["github.event.pull_request.head.repo.fork", "none"],
    ["github.event.pull_request.head.repo.fork == false", "own branch"],
    ["github.event.workflow_run.event == 'push'", "own branch"],
    ["github.event.workflow_run.event == 'pull_request'", "none"],
    ["github.event.pull_request.merged == true", "merged"],
    ["github.event.label.name == 'agent'", "label or assignment"],
    ["contains(github.event.pull_request.labels.*.name, 'agent')", "label or assignment"],
    ["github.event.action == 'labeled'", "label or assignment"],
    ["github.event.action == 'opened'", "none"],
    ["contains(fromJSON(vars.ALLOWED), github.actor)", "actor"],
    ["startsWith(github.event.comment.body, '/go) || x')", "none"],
    ["always()", "none"],
    ["((((", "none"],
  ]
  for (const [condition, guard] of guards) {
    it(`is ${guard} behind ${condition}`, async () => {
      const agent = await only({ job: `if: ${JSON.stringify(condition)}`, steps: GEMINI })
      assert.deepEqual(valuesOf(agent, "ci.guard"), [guard])
    })
  }

  it("is nothing to tell where no event of a stranger reaches the job", async () => {
    const agent = await only({ job: "if: github.event_name == 'push'", steps: GEMINI })
    assert.deepEqual(valuesOf(agent, "ci.guard"), [])
  })

  it("is a check in a step before, where the agent's step asks for its answer", async () => {
    const check =
      "- id: may\n  uses: actions/github-script@v7\n  with:\n    script: return getCollaboratorPermissionLevel()"
    const asked = `${check}\n${GEMINI}\n  if: steps.may.outputs.result == 'true'`
    assert.deepEqual(valuesOf(await only({ steps: asked }), "ci.guard"), ["permission check"])
    assert.deepEqual(valuesOf(await only({ steps: `${check}\n${GEMINI}` }), "ci.guard"), ["none"])
  })

  it("is a check in a step before that ends the job, and not one that comes after", async () => {
    const checks = [
      "- run: gh api repos/$R/collaborators/$A/permission || exit 1",
      "- uses: prince-chrismc/check-actor-permissions-action@v3",
    ]
    for (const check of checks) {
      assert.deepEqual(valuesOf(await only({ steps: `${check}\n${GEMINI}` }), "ci.guard"), [
        "permission check",
      ])
      assert.deepEqual(valuesOf(await only({ steps: `${GEMINI}\n${check}` }), "ci.guard"), ["none"])
    }
  })

  it("is a check in a job that it waits for, where that job fails", async () => {
    const check = `  may:
    runs-on: x
    steps:
      - run: gh api "repos/$R/collaborators/$A/permission" || exit 1
`
    const text = `on: issue_comment\njobs:\n${check}  work:\n    needs: may\n    steps:\n      ${GEMINI}\n`
    const { agents } = await readDeclared(workflowReader, PATH, text)
    assert.deepEqual(valuesOf(agents[0], "ci.guard"), ["permission check"])
    const anyway = text.replace("needs: may", "needs: may\n    if: always()")
    assert.deepEqual(valuesOf((await readDeclared(workflowReader, PATH, anyway)).agents[0], "ci.guard"), [
      "none",
    ])
  })

  it("is the action's own demand of write access, until an input lets everybody in", async () => {
    const claude = "- uses: anthropics/claude-code-action@v1"
    assert.deepEqual(valuesOf(await only({ steps: claude }), "ci.guard"), [
      "write access, which the action demands",
    ])
    const open = await only({ steps: `${claude}\n  with:\n    allowed_non_write_users: "*"` })
    assert.deepEqual(valuesOf(open, "ci.guard"), ["none"])
    assert.deepEqual(valuesOf(open, "ci.guard-off"), ["allowed_non_write_users: *"])
    const named = await only({ steps: `${claude}\n  with:\n    allowed_bots: renovate[bot]` })
    assert.deepEqual(valuesOf(named, "ci.guard-off"), [])
  })
})

describe("the token of a run", () => {
  const tokens: readonly (readonly [permissions: string, token: readonly string[]])[] = [
    ["", ["repository default"]],
    ["permissions: {}", ["read only"]],
    ["permissions: read-all", ["read only"]],
    ["permissions: write-all", ["write-all"]],
    ["permissions: {contents: write, issues: read, id-token: write}", ["contents: write"]],
  ]
  for (const [permissions, token] of tokens) {
    it(`is ${token.join(" and ")} where the job says ${permissions || "nothing"}`, async () => {
      assert.deepEqual(valuesOf(await only({ job: permissions, steps: GEMINI }), "ci.token"), token)
    })
  }

  it("is what the workflow says where the job says nothing, and never both", async () => {
    const on = "on: issues\npermissions:\n  contents: write"
    assert.deepEqual(valuesOf(await only({ on, steps: GEMINI }), "ci.token"), ["contents: write"])
    const agent = await only({ on, job: "permissions:\n      issues: write", steps: GEMINI })
    assert.deepEqual(valuesOf(agent, "ci.token"), ["issues: write"])
  })

  it("tells an identity apart from a right in the repository", async () => {
    const agent = await only({ job: "permissions: {id-token: write}", steps: GEMINI })
    assert.deepEqual(valuesOf(agent, "ci.token"), ["read only"])
    assert.deepEqual(valuesOf(agent, "ci.federation"), ["identity token"])
    assert.equal(agent?.level, "restricted")
  })
})

describe("how freely an agent in a workflow acts", () => {
  const CLAUDE = "- uses: anthropics/claude-code-action@v1"
  const WRITE = "permissions: {issues: write}"

  it("follows from its token, and from who can start it", async () => {
    assert.equal((await only({ steps: CLAUDE }))?.level, "not_stated")
    assert.equal((await only({ job: "permissions: {contents: read}", steps: CLAUDE }))?.level, "restricted")
    assert.equal((await only({ job: WRITE, steps: CLAUDE }))?.level, "partial")
    assert.equal((await only({ job: WRITE, steps: GEMINI }))?.level, "broad")
  })

  it("is wider where a stranger's files are checked out beside a token that writes", async () => {
    const checkout =
      "- uses: actions/checkout@v4\n  with:\n    ref: ${{ github.event.pull_request.head.sha }}"
    const agent = await only({ on: "on: pull_request_target", job: WRITE, steps: `${checkout}\n${CLAUDE}` })
    assert.deepEqual(valuesOf(agent, "ci.checkout"), ["pull request head"])
    assert.equal(agent?.level, "broad")
  })

  it("knows a stranger's files by a step that looks the branch up, and by a command that fetches them", async () => {
    const look =
      "- id: find\n  uses: actions/github-script@v7\n  with:\n    script: core.setOutput('ref', pr.head.ref)"
    const checkout = "- uses: actions/checkout@v4\n  with:\n    ref: ${{ steps.find.outputs.ref }}"
    const seen = async (steps: string) =>
      valuesOf(await only({ steps: `${steps}\n${CLAUDE}` }), "ci.checkout")
    assert.deepEqual(await seen(`${look}\n${checkout}`), ["pull request head"])
    assert.deepEqual(await seen("- run: gh pr checkout 7"), ["pull request head"])
    assert.deepEqual(await seen(checkout), [])
    assert.deepEqual(await seen("- uses: actions/checkout@v4\n- run: echo gh pr checkout 7"), [])
  })

  it("follows from its options, and not from those that are commented out", async () => {
    const args = (text: string): string => `${CLAUDE}\n  with:\n    claude_args: |\n      ${text}`
    const level = async (text: string) => (await only({ steps: args(text) }))?.level
    assert.equal(await level("--allowedTools 'Read,Glob'"), "restricted")
    assert.equal(await level('--allowedTools "Read,Bash(gh pr diff:*)"'), "partial")
    assert.equal(await level("--allowed-tools Bash"), "broad")
    assert.equal(await level("--permission-mode acceptEdits"), "partial")
    assert.equal(await level("--dangerously-skip-permissions"), "unrestricted")
    assert.equal(await level("# --dangerously-skip-permissions"), "not_stated")
  })

  it("follows from the sandbox that Codex is given", async () => {
    const sandbox = (mode: string): string => `- uses: openai/codex-action@v1\n  with:\n    sandbox: ${mode}`
    assert.equal((await only({ steps: sandbox("read-only") }))?.level, "restricted")
    assert.equal((await only({ steps: sandbox("danger-full-access") }))?.level, "unrestricted")
  })

  it("follows from the tools that Gemini is left with", async () => {
    const core = (...tools: readonly string[]): string =>
      `- uses: google-github-actions/run-gemini-cli@v0\n  with:\n    settings: '${JSON.stringify({ tools: { core: tools } })}'`
    const level = async (...tools: readonly string[]) =>
      (await only({ on: "on: push", job: "permissions: {}", steps: core(...tools) }))?.level
    assert.equal(await level("read_file", "list_directory"), "restricted")
    assert.equal(await level("run_shell_command(git diff)"), "partial")
    assert.equal(await level("run_shell_command"), "broad")
  })

  it("tells how the action is named", async () => {
    const ref = async (name: string) =>
      valuesOf(await only({ steps: `- uses: openai/codex-action@${name}` }), "ci.action-ref")
    assert.deepEqual(await ref("a".repeat(40)), ["sha"])
    assert.deepEqual(await ref("v1.2"), ["tag"])
    assert.deepEqual(await ref("main"), ["branch"])
  })
})

describe("what a workflow hands to its agent", () => {
  it("are credentials by reference, with whose they are, and the run's own token is none", async () => {
    const steps = `- uses: anthropics/claude-code-action@v1
  with:
    anthropic_api_key: \${{ secrets.ANTHROPIC_API_KEY }}
    github_token: \${{ secrets.GITHUB_TOKEN }}`
    const agent = await only({ steps })
    assert.deepEqual(
      agent?.credentials.map(({ storedAs, provider }) => [storedAs, provider]),
      [["env-reference", "Anthropic"]],
    )
  })

  it("are what its job's container is given", async () => {
    const job = "container: {image: x, env: {OPENAI_API_KEY: '${{ secrets.OPENAI_API_KEY }}'}}"
    const agent = await only({ job, steps: "- run: codex exec go" })
    assert.deepEqual(
      agent?.credentials.map(({ provider }) => provider),
      ["OpenAI"],
    )
  })

  it("are secrets in plain text, of which nothing is answered", async () => {
    const secret = `sk-ant-api03-${"aB3xK9".repeat(15)}AA`
    const read = await workflow(`- run: claude -p "use ${secret}"\n  env:\n    ANTHROPIC_API_KEY: ${secret}`)
    assert.deepEqual(
      read.agents[0]?.credentials.map(({ storedAs }) => storedAs),
      ["plaintext"],
    )
    assert.ok(!JSON.stringify(read).includes("aB3xK9"))
  })

  it("are MCP servers in its inputs and options", async () => {
    for (const input of ["mcp_config", "settings"]) {
      const agent = await only({
        steps: `- uses: anthropics/claude-code-action@v1\n  with:\n    ${input}: '${SERVERS}'`,
      })
      assert.deepEqual(
        agent?.servers.map(({ name, command }) => [name, command]),
        [["issues", "npx"]],
      )
    }
    const agent = await only({ steps: `- run: |\n    claude -p go --mcp-config '${SERVERS}'` })
    assert.equal(agent?.servers[0]?.name, "issues")
  })

  it("are MCP servers in settings of which a value is filled in at run time", async () => {
    const settings = SERVERS.replace(/^\{/, "{ \"telemetry\": ${{ vars.PROJECT != '' }}, ")
    const agent = await only({
      steps: `- uses: google-github-actions/run-gemini-cli@v0\n  with:\n    settings: |-\n      ${settings}`,
    })
    assert.deepEqual(
      agent?.servers.map(({ name }) => name),
      ["issues"],
    )
  })

  const write: Readonly<Record<string, string>> = {
    "in a here-document": "mkdir -p /tmp/m\ncat > /tmp/m/servers.json << 'EOF'\nJSON\nEOF",
    "in one whose target comes last": "cat <<EOF > /tmp/m/servers.json\nJSON\nEOF",
    "behind a text that only looks like one":
      "echo 'a<<B' >> out\ncat > /tmp/m/servers.json <<'EOF'\nJSON\nEOF",
    "by an echo": "echo 'JSON' > /tmp/m/servers.json",
  }
  for (const [how, script] of Object.entries(write)) {
    it(`are MCP servers in a file that the job writes before ${how}, where the agent is told to read it`, async () => {
      const run = JSON.stringify(script.replace("JSON", SERVERS))
      const steps = (told: string): string =>
        `- run: ${run}\n- uses: anthropics/claude-code-base-action@beta\n  with:\n    mcp_config: ${told}`
      const names = async (told: string) =>
        (await only({ steps: steps(told) }))?.servers.map(({ name }) => name)
      assert.deepEqual(await names("/tmp/m/servers.json"), ["issues"])
      assert.deepEqual(await names("/tmp/m/others.json"), [])
    })
  }
})

const SERVERS = '{"mcpServers":{"issues":{"command":"npx","args":["-y","tavily-mcp@0.2.1"]}}}'
const PATH = "/repo/.github/workflows/agent.yml"
const GEMINI = "- uses: google-github-actions/run-gemini-cli@v0"

interface Parts {
  readonly on?: string
  readonly job?: string
  readonly steps: string
}

function file(steps: string, { on = "on: issues", job = "" }: Partial<Parts> = {}): string {
  const indented = steps.replaceAll(/^/gm, "      ")
  return `name: agent\n${on}\njobs:\n  work:\n    runs-on: x\n    ${job}\n    steps:\n${indented}\n`
}

function workflow(steps: string): Promise<SourceRead> {
  return readDeclared(
    workflowReader,
    PATH,
    file(steps, { on: "on: push", job: "permissions: {contents: read}" }),
  )
}

async function seen(steps: string): Promise<readonly (readonly [string, string | null])[]> {
  return (await workflow(steps)).agents.map(({ framework, name }) => [framework, name])
}

async function only({
  steps,
  on = "on: [push, issue_comment]",
  job,
}: Parts): Promise<SourceAgent | undefined> {
  const parts = { on, ...(job === undefined ? {} : { job }) }
  const { agents } = await readDeclared(workflowReader, PATH, file(steps, parts))
  assert.equal(agents.length, 1)
  return agents[0]
}
