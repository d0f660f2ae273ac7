import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { CredentialStorage } from "@tabard/core"
import { WORKFLOW_GUARDS, WORKFLOW_SETTINGS } from "../declarations/workflow-settings.ts"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import type { SeenAgent } from "../report.ts"
import { foundIn, scanRoot } from "./fixtures/found-in.ts"
import { runRules } from "./run-rules.ts"

const { trigger, untrustedTrigger, guard, token, federation } = WORKFLOW_SETTINGS
const PATH = "/repo/.github/workflows/triage.yml"

/** A triage of issues: whoever opens an issue writes what the agent reads. */
const OPEN: readonly Setting[] = [
  [trigger, "issues"],
  [untrustedTrigger, "issues"],
  [guard, WORKFLOW_GUARDS.none],
]

describe("a CI agent with a write token that strangers can start", () => {
  it("is found, with what makes it so as evidence", () => {
    const [finding, ...more] = judged([...OPEN, [token, "contents: write"]])
    assert.deepEqual(more, [])
    assert.equal(`${finding?.rule} ${finding?.severity}`, "ci-agent-open-to-strangers critical")
    assert.deepEqual(
      finding?.evidence.map(({ what }) => what),
      ["ci.untrusted-trigger: issues", "ci.guard: none", "ci.token: contents: write"],
    )
  })

  it("speaks instead of the duller rules where it asks nobody", () => {
    const found = judged([...OPEN, [token, "contents: write"]], { level: "unrestricted" })
    assert.deepEqual(
      found.map(({ rule }) => rule),
      ["ci-agent-open-to-strangers"],
    )
  })

  const quiet: Readonly<Record<string, readonly Setting[]>> = {
    "only people with write access start it": [
      [trigger, "issue_comment"],
      [untrustedTrigger, "issue_comment"],
      [guard, WORKFLOW_GUARDS.action],
      [token, "contents: write"],
    ],
    "its token only reads": [...OPEN, [token, "read only"]],
    "its token is the repository's default, which nobody here knows": [
      ...OPEN,
      [token, "repository default"],
    ],
    "nobody but the repository starts it": [
      [trigger, "push"],
      [token, "contents: write"],
    ],
  }
  for (const [what, settings] of Object.entries(quiet))
    it(`is not found where ${what}`, () => {
      assert.deepEqual(judged(settings), [])
    })
})

describe("a workflow as it is written", () => {
  it("that lets anybody who opens an issue steer a writing agent is found", async (t) => {
    const report = await scanRoot(t, {
      ".github/workflows/triage.yml": `name: triage
on:
  issues:
    types: [opened]
permissions:
  contents: write
  issues: write
jobs:
  triage:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: anthropics/claude-code-action@v1
        with:
          anthropic_api_key: \${{ secrets.ANTHROPIC_API_KEY }}
          allowed_non_write_users: "*"
          prompt: Sort this issue, and mend what is small.
`,
    })
    assert.deepEqual(foundIn(report), [
      "ci-agent-open-to-strangers critical",
      "production-without-federation low",
    ])
  })

  it("that only people with write access start, with an identity token, is not found", async (t) => {
    const report = await scanRoot(t, {
      ".github/workflows/claude.yml": `name: claude
on:
  issue_comment:
    types: [created]
jobs:
  claude:
    if: contains(fromJSON('["OWNER", "MEMBER", "COLLABORATOR"]'), github.event.comment.author_association)
    runs-on: ubuntu-latest
    permissions:
      contents: write
      id-token: write
    steps:
      - uses: actions/checkout@v4
      - uses: anthropics/claude-code-action@v1
        with:
          use_bedrock: "true"
`,
    })
    assert.equal(report.agents.length, 1)
    assert.deepEqual(foundIn(report), [])
  })
})

describe("a CI agent whose token may write everywhere", () => {
  it("has an administrator's scope", () => {
    const found = judged([
      [trigger, "push"],
      [token, "write-all"],
    ])
    assert.deepEqual(
      found.map(({ rule, severity }) => `${rule} ${severity}`),
      ["administrator-scope high"],
    )
  })
})

describe("a CI agent that strangers steer past its keys", () => {
  const settings: readonly Setting[] = [...OPEN, [token, "read only"]]

  it("has all that it takes to send them out, where it asks nobody", () => {
    const found = judged(settings, { level: "unrestricted", stored: ["env-reference"] })
    assert.deepEqual(
      found.map(({ rule, severity }) => `${rule} ${severity}`),
      [
        "untrusted-input-to-outbound critical",
        "unrestricted-autonomy high",
        "production-without-federation low",
      ],
    )
  })

  it("has not, where it may not act freely, or there is no key", () => {
    for (const some of [{ stored: ["env-reference"] }, { level: "unrestricted" }] as const)
      assert.ok(!judged(settings, some).some(({ rule }) => rule === "untrusted-input-to-outbound"))
  })
})

describe("a production agent without federation", () => {
  it("is found by its static keys, the more where they stand in plain text", () => {
    assert.deepEqual(rulesOf([], ["plaintext"]), [
      "plaintext-credential high",
      "production-without-federation medium",
    ])
    assert.deepEqual(rulesOf([], ["env-reference"]), ["production-without-federation low"])
  })

  it("is not one that trades an identity token, has no key, or has its person beside it", () => {
    assert.deepEqual(rulesOf([[federation, "identity token"]], ["env-reference"]), [])
    assert.deepEqual(rulesOf([], []), [])
    assert.deepEqual(rulesOf([], ["env-reference"], "local"), [])
  })
})

type Setting = readonly [setting: string, value: string]

interface Some {
  readonly level?: SeenAgent["autonomy"]["level"]
  readonly category?: SeenAgent["category"]
  readonly stored?: readonly CredentialStorage[]
}

function rulesOf(
  settings: readonly Setting[],
  stored: readonly CredentialStorage[],
  category: SeenAgent["category"] = "production",
): readonly string[] {
  return judged(settings, { stored, category }).map(({ rule, severity }) => `${rule} ${severity}`)
}

function judged(
  settings: readonly Setting[],
  { level = "partial", category = "production", stored = [] }: Some = {},
): ReturnType<typeof runRules> {
  const locations = [{ path: PATH, line: 12 }]
  const effective = settings.map(([setting, value]) => ({ setting, value, source: PATH }))
  const agent: SeenAgent = {
    key: "agent",
    name: "triage",
    category,
    client: null,
    framework: "claude-code-action",
    locations,
    autonomy: { level, effective },
    mcpServers: [],
    credentials: stored,
    confidence: "high",
    evidence: [],
  }
  const credentials = stored.map((storedAs) => ({
    key: storedAs,
    kind: "generic-secret",
    provider: null,
    storedAs,
    fingerprint: null,
    locations,
  }))
  return runRules({ agents: [agent], mcpServers: [], credentials, pack: loadKnowledge(), home: null })
}
