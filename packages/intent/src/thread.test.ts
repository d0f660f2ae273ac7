import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type JsonObject, ManualClock, SHIPPED_TIERS, type Task } from "@tabard/core"
import {
  compilePolicies,
  compileSchema,
  decide,
  type PinnedTool,
  type PolicyDecision,
  type Question,
  type SessionFacts,
} from "@tabard/policy"
import { compileManifest } from "./compile-manifest.ts"
import { compileTask, compileUserDefault } from "./compile-task.ts"
import { guardRails } from "./guard-rails.ts"
import { pinTool } from "./pin-tool.ts"
import { readManifest } from "./reading/read-manifest.ts"
import { tierPolicies } from "./tiers.ts"

const NOTES = "/home/ann/notes"

const MANIFEST = `
purpose: Keep Ann's notes tidy
tier: transactional
tools:
  - { server: files, tool: read_text_file, arguments: { path: { under: ${NOTES} } } }
  - { server: files, tool: read_multiple_files, arguments: { paths: { under: ${NOTES} } } }
  - { server: files, tool: list_directory, arguments: { path: { under: ${NOTES} } } }
  - { server: files, tool: move_file, arguments: { source: { under: ${NOTES} }, destination: { under: ${NOTES} } } }
  - { server: files, tool: write_file, arguments: { path: { under: ${NOTES} } }, ask: owner }
`

describe("one agent with a task in one folder", () => {
  it("reads inside the folder", () => {
    for (const path of [NOTES, `${NOTES}/a.md`, `${NOTES}/sub/../a.md`, `${NOTES}//./b c.md`]) {
      assert.equal(call("read_text_file", { path }).effect, "permit", path)
    }
  })

  it("writes inside the folder once its owner has agreed", () => {
    const args = { path: `${NOTES}/a.md`, content: "tidy" }
    const asked = call("write_file", args)
    assert.equal(asked.effect, "ask")
    assert.deepEqual(asked.asks, [
      { policy: "agt_1/7", route: "owner", say: "the manifest asks before each write_file" },
    ])
    assert.equal(call("write_file", args, { session: { approved: ["owner"] } }).effect, "permit")
  })

  it("is asked about what a guard-rail asks about, though no manifest says so", () => {
    const args = { source: `${NOTES}/a.md`, destination: `${NOTES}/b.md` }
    assert.deepEqual(
      call("move_file", args).asks.map(({ say }) => say),
      ["something is deleted or replaced for good"],
    )
    assert.equal(call("move_file", args, { session: { approved: ["owner"] } }).effect, "permit")
  })

  it("is refused outside the folder, in words that name what is allowed", () => {
    for (const path of [
      "/etc/passwd",
      `${NOTES}/../secret`,
      "/home/ann/notes-other/a.md",
      "/home/ann",
      "/",
    ]) {
      const decision = call("read_text_file", { path }, { session: { approved: ["owner"] } })
      assert.equal(decision.effect, "deny", path)
      assert.equal(decision.code, "no_policy")
      assert.match(decision.missing, /the task allows read_text_file only under \/home\/ann\/notes/)
    }
  })

  it("is refused where one of two paths lies outside", () => {
    const both = call("read_multiple_files", { paths: [`${NOTES}/a.md`, "/etc/passwd"] })
    assert.equal(both.effect, "deny")
    assert.equal(call("read_multiple_files", { paths: [`${NOTES}/a.md`, `${NOTES}/b.md`] }).effect, "permit")
    assert.equal(call("read_multiple_files", { paths: [] }).effect, "deny")
    for (const [source, destination] of [
      [`${NOTES}/a.md`, "/tmp/a.md"],
      ["/tmp/a.md", `${NOTES}/a.md`],
    ] as const) {
      assert.equal(
        call("move_file", { source, destination }, { session: { approved: ["owner"] } }).effect,
        "deny",
      )
    }
  })

  it("is refused where a path inside leads outside on disk", () => {
    const path = `${NOTES}/link.md`
    const realPaths = { [path]: "/etc/passwd" }
    assert.equal(call("read_text_file", { path }, { realPaths }).effect, "deny")
    assert.equal(
      call("read_text_file", { path }, { realPaths: { [path]: `${NOTES}/a.md` } }).effect,
      "permit",
    )
  })

  it("is refused paths whose meaning a server may change after the decision", () => {
    for (const path of [
      "~/notes/a.md",
      "a.md",
      `${NOTES}/.. `,
      `${NOTES}/..'`,
      `${NOTES}/..\n`,
      `${NOTES}/a\0b`,
    ]) {
      const decision = call("read_text_file", { path })
      assert.equal(decision.code, "arguments_refused", path)
      assert.match(decision.missing, /the argument path is no path to judge/)
    }
  })

  it("does nothing without a task, and nothing after its task ended", () => {
    const args = { path: `${NOTES}/a.md` }
    assert.equal(call("read_text_file", args, { withoutTask: true }).effect, "deny")
    assert.equal(
      call("read_text_file", args, { session: { now: new Date("2026-11-21T12:00:00Z") } }).effect,
      "deny",
    )
    const closed = call("read_text_file", args, { closed: true })
    assert.equal(closed.effect, "deny")
    assert.match(closed.missing, /the task allows nothing/)
  })

  it("is told which tools it has when it asks for another", () => {
    const decision = call("create_directory", { path: `${NOTES}/new` })
    assert.equal(decision.effect, "deny")
    assert.match(
      decision.missing,
      /the task does not allow create_directory; it allows read_text_file only under/,
    )
  })

  it("does nothing without an owner, and nothing for a person who has left", () => {
    const args = { path: `${NOTES}/a.md` }
    assert.deepEqual(call("read_text_file", args, { orphaned: true }).code, "forbidden")
    assert.deepEqual(call("read_text_file", args, { inactive: true }).code, "forbidden")
  })

  it("gets its token and its list of tools", () => {
    for (const door of ["token.issue", "tools/list"] as const) {
      assert.equal(decide(base(true), { ...question({}), action: { door } }).effect, "permit")
    }
  })

  it("is kept to its tier, whatever its manifest would say", () => {
    const links = {
      agents: [{ id: "agt_1", owner: "usr_1", tier: "read-only", category: "local", risk: 0 }],
    } as const
    const action = {
      tool: "write_file",
      digest: tool("write_file").digest,
      arguments: { path: `${NOTES}/a`, content: "" },
    }
    const decision = decide(base(true), { ...question({}), links, action })
    assert.deepEqual([decision.effect, decision.reasons], ["deny", ["tier-read-only/1"]])
  })
})

interface Circumstances {
  readonly session?: Partial<SessionFacts>
  readonly realPaths?: Record<string, string>
  readonly withoutTask?: boolean
  readonly closed?: boolean
  readonly orphaned?: boolean
  readonly inactive?: boolean
}

function call(name: string, args: JsonObject, circumstances: Circumstances = {}): PolicyDecision {
  const { realPaths, closed = false } = circumstances
  const action = { tool: name, digest: tool(name).digest, arguments: args, ...(realPaths && { realPaths }) }
  return decide(base(!closed), { ...question(circumstances), action })
}

function question({ session, withoutTask, orphaned, inactive }: Circumstances): Question {
  return {
    organisation: "org_1",
    action: { door: "tools/list" },
    server: { id: "srv_1" },
    links: {
      user: { id: "usr_1", active: !inactive },
      ...(!withoutTask && { task: { id: "tsk_1", agent: "agt_1" } }),
      agents: [
        {
          id: "agt_1",
          tier: "transactional",
          category: "local",
          risk: 20,
          ...(!orphaned && { owner: "usr_1" as const }),
        },
      ],
    },
    session: {
      now: new ManualClock("2026-11-21T10:00:00Z").now(),
      door: "gateway",
      env: "dev",
      bound: "dpop",
      left: { calls: 100, spend: "0" },
      ...session,
    },
  }
}

function base(open: boolean): ReturnType<typeof compilePolicies> {
  const tools = TOOLS
  const { policies } = compileManifest({
    agent: "agt_1",
    manifest: readManifest(MANIFEST),
    tools,
    servers: { files: "srv_1" },
  })
  const tier = SHIPPED_TIERS.get("transactional")
  assert.ok(tier)
  const forTask = open ? [...compileTask(TASK, tools), ...compileUserDefault({ task: TASK, tier })] : []
  return compilePolicies({
    schema: compileSchema(tools),
    policies: [...guardRails(), ...tierPolicies(), ...policies, ...forTask],
    version: 1,
  })
}

const TASK: Pick<Task, "id" | "scope" | "expiresAt" | "onBehalfOf"> = {
  id: "tsk_1",
  onBehalfOf: "usr_1",
  scope: {
    server: "srv_1",
    tools: ["read_text_file", "read_multiple_files", "list_directory", "move_file", "write_file"],
    folder: NOTES,
  },
  expiresAt: new Date("2026-11-21T11:00:00Z"),
}

const TEXT = { type: "string" }
const TOOLS: readonly PinnedTool[] = Object.entries({
  read_text_file: { path: TEXT, head: { type: "number" } },
  read_multiple_files: { paths: { type: "array", items: TEXT } },
  list_directory: { path: TEXT },
  create_directory: { path: TEXT },
  move_file: { source: TEXT, destination: TEXT },
  write_file: { path: TEXT, content: TEXT },
}).map(([name, properties]) =>
  pinTool({
    server: "srv_1",
    packageName: "@modelcontextprotocol/server-filesystem",
    definition: {
      name,
      inputSchema: {
        type: "object",
        properties,
        required: Object.keys(properties).filter((key) => key !== "head"),
      },
    },
  }),
)

function tool(name: string): PinnedTool {
  const found = TOOLS.find((each) => each.name === name)
  assert.ok(found)
  return found
}
