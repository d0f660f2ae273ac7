import assert from "node:assert/strict"
import { once } from "node:events"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { createServer, type Server } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { main } from "@tabard/cli"
import { systemClock } from "@tabard/core"
import { HOSTILE_MARK, HOSTILE_TEXTS, TERMINAL_CONTROLS } from "../world/hostile-texts.ts"

/** How each command is led to a server, or to files, of a stranger's; a new command has to be put here. */
const COMMANDS: Readonly<Record<string, (place: Place) => readonly (readonly string[])[]>> = {
  up: ({ text, folder }) => [
    ["--data", join(folder, "data"), "--role", text],
    ["--scan", join(folder, "none", text)],
    ["--public-url", text],
    ["--host", text, "--port", "1"],
  ],
  scan: ({ text, folder }) => [
    [folder],
    [folder, "--json"],
    [join(folder, text)],
    ["--format", text],
    ["--baseline", text],
  ],
  check: ({ text, folder }) => [
    [join(folder, "manifests")],
    [join(folder, "manifests"), "--json"],
    [join(folder, "manifests"), "--format", "sarif"],
    [join(folder, "manifests"), "--format", "junit"],
    [join(folder, text)],
    ["--format", text],
    ["--baseline", text],
    ["--standards", text],
    ["--terraform", join(folder, "checkpoint")],
    ["--people", join(folder, "register.csv"), join(folder, "manifests")],
  ],
  plan: ({ server, text, folder }) => [
    [join(folder, "manifests"), "--server", server],
    [join(folder, "manifests", "tabard.yaml"), "--agent", text, "--server", server],
    [text],
    ["--digest", text],
  ],
  apply: ({ server, text, folder }) => [
    [join(folder, "manifests", "tabard.yaml"), "--agent", text, "--digest", text, "--server", server],
    ["--plan", text],
    ["--plan", join(folder, "checkpoint"), "--server", server],
  ],
  "policy test": ({ text, folder }) => [
    [folder],
    [join(folder, "manifests")],
    [text],
    ["--format", text],
    ["--tools", text],
  ],
  "tools export": ({ server, text }) => [
    ["--server", server],
    ["--server", text],
  ],
  "policies list": ofDocuments,
  "policies show": ofDocument,
  "policies history": ofDocument,
  "policies diff": ({ server, text }) => [
    ["guard", "--from", "1", "--to", "2", "--server", server],
    ["hand", text, "--from", "1", "--to", text, "--server", server],
  ],
  "policies coverage": ({ server, text }) => [
    ...ofDocuments({ server }),
    ["--state", text, "--server", server],
  ],
  "policies gaps": ofDocuments,
  approvals: ({ server, text }) => [
    ["--server", server],
    ["apr_1", "--server", server],
    ["--state", "denied", "--server", server, "--json"],
    [text, "--server", server],
    ["--state", text],
  ],
  explain: ({ server, text }) => [
    ["dec_1", "--server", server, "--cedar"],
    ["dec_1", "--server", server, "--json"],
    [text, "--server", server],
  ],
  "what-if": ({ server, text, folder }) => [
    ["dec_1", "--server", server],
    ["dec_1", "--server", server, "--json"],
    ["dec_1", "--server", server, "--manifest", join(folder, text)],
    [text, "--server", server, "--args", text, "--approved", text],
  ],
  "observe start": ({ server, text }) => [
    [text, "--days", "1", "--reason", text, "--server", server],
    [text, "--days", text, "--reason", text],
  ],
  "observe status": ({ server, text }) => [
    ["agt_1", "--server", server],
    [text, "--server", server, "--json"],
  ],
  "observe preview": ({ server, text, folder }) => [
    ["agt_1", "--server", server],
    ["agt_1", "--server", server, "--json"],
    ["agt_1", "--server", server, "--manifest", join(folder, text)],
  ],
  "observe suggest": ({ server, text }) => [
    ["agt_1", "--server", server],
    [text, "--server", server, "--json"],
  ],
  "observe rehearse": ({ server, text }) => [["agt_1", "--server", server], [text]],
  "observe end": ({ server, text }) => [[text, "--reason", text, "--server", server]],
  lock: ({ text, folder }) => [[join(folder, "manifests")], [join(folder, text)], ["--tools", text]],
  admission: ({ text, folder }) => [
    [join(folder, "manifests")],
    ["--tls-cert", text, "--tls-key", text],
    ["--tls-cert", join(folder, "checkpoint"), "--tls-key", join(folder, "vkey")],
    ["--tls-cert", text, "--tls-key", text, "--port", text],
  ],
  run: ({ text }) => [
    ["--agent", text, "--", text],
    ["--credentials", text, "--", "true"],
    ["--port", text, "--", text],
  ],
  token: ({ text }) => [
    ["--agent", text],
    ["--credentials", text],
    ["--dpop-for", text, text],
    ["--agent", text, "--ask", text, "--message", text],
  ],
  login: ({ server }) => [["--server", server]],
  logout: () => [[]],
  "agents enroll": ({ server, text }) => [["--server", server, "--code", text, "--label", text]],
  "authzen list": ({ server }) => [["--server", server]],
  "authzen show": ({ server, text }) => [
    ["certification", "--server", server],
    [text, "--server", server, "--json"],
  ],
  "authzen put": ({ server, text }) => [
    [text, "--server", server],
    ["one", "--server", server, "--schema", text, "--recorded", text],
  ],
  "authzen remove": ({ server, text }) => [[text, "--server", server, "--reason", text]],
  "authzen load-fixture": ({ server, text }) => [
    ["--server", server],
    [text, "--server", server],
  ],
  "agents list": ({ server, text }) => [
    ["--server", server],
    ["--server", server, "--json"],
    ["--server", server, "--state", text],
  ],
  "agents show": ({ server, text }) => [
    ["agt_1", "--server", server],
    [text, "--server", server, "--json"],
  ],
  "agents suspend": ({ server, text }) => [[text, "--server", server, "--reason", text]],
  "agents resume": ({ server, text }) => [[text, "--server", server, "--reason", text]],
  "agents quarantine": ({ server, text }) => [[text, "--server", server, "--reason", text]],
  "agents revoke-key": ({ server, text }) => [[text, text, "--server", server, "--reason", text]],
  "agents rotate": ({ text }) => [
    ["--agent", text],
    ["--credentials", text, "--key", text],
    ["--overlap", text],
  ],
  "agents export": ({ server }) => [["--server", server]],
  "agents import": ({ server, csv, text }) => [
    [csv, "--server", server],
    [text, "--server", server],
  ],
  "people export": ({ server }) => [["--server", server]],
  "people import": ({ server, csv, text }) => [
    [csv, "--server", server],
    [text, "--server", server],
  ],
  retire: ({ server, text }) => [
    ["agt_1", "--server", server],
    [text, "--server", server, "--reason", text],
    ["agt_1", "--server", server, "--json"],
  ],
  "retire certificate": ({ server, text }) => [
    ["agt_1", "--server", server],
    [text, "--server", server],
  ],
  "retire verify": ({ folder, text }) => [
    [text, "--vkey", text],
    [join(folder, "register.csv"), "--vkey", text],
  ],
  "reporters enroll": ({ server, text }) => [
    [server, text],
    [text, text],
  ],
  "watch install": ({ text }) => [["--push", text]],
  "watch show": ({ text }) => [[text]],
  "watch uninstall": ({ text }) => [[text]],
  "trust list": ({ server, text }) => [
    ["--server", server],
    ["--server", server, "--agent", text, "--json"],
  ],
  "trust show": ({ server, text }) => [
    ["tru_1", "--server", server],
    [text, "--server", server, "--json"],
  ],
  "trust add": ({ server, text }) => [
    ["github", "--repository", text, "--agent", text, "--name", text, "--server", server],
    ["spiffe", "--spiffe-id", text, "--agent", "x", "--name", "x", "--preview", "--server", server],
    ["openid", "--issuer", text, "--jwks-file", text, "--agent", "x", "--name", "x", "--server", server],
    [text, "--agent", "x", "--name", "x", "--server", server],
  ],
  "trust test": ({ server, csv, text }) => [
    ["tru_1", "--workload-token-file", csv, "--server", server],
    [text, "--workload-token-file", text, "--server", server],
  ],
  "trust remove": ({ server, text }) => [[text, "--reason", text, "--server", server]],
  schema: ({ text }) => [[text], ["manifest", text]],
  "keys rewrap": ({ server }) => [
    ["--server", server],
    ["--server", server, "--json"],
  ],
  "audit verify": ({ server, folder, text }) => [
    [folder],
    [folder, "--vkey", text],
    [text],
    [folder, "--checkpoint", text],
    [folder, "--policy", text],
    [folder, "--from", text],
    [server, "--vkey", text],
  ],
  "audit proof": ({ server, folder, text }) => [
    ["evt_1", "--server", server],
    [text, "--server", server],
    [folder, "--index", "0"],
    [folder, "--index", text],
    ["--check", text, "--entry", text, "--vkey", text],
    [
      "--check",
      join(folder, "checkpoint"),
      "--entry",
      join(folder, "vkey"),
      "--policy",
      join(folder, "vkey"),
    ],
  ],
  "audit show": ({ server, text }) => [
    ["evt_1", "--server", server],
    ["evt_1", "--server", server, "--json"],
    [text, "--server", server],
  ],
  "audit tail": ({ server, text }) => [
    ["--server", server],
    ["--server", server, "--json"],
    ["--server", server, "--lines", text],
  ],
}

/** Lines that a hostile text would add. */
const ADDED = /^(fault: all is well|=1\+1,x|event: reset|set-cookie: a=b)/m

interface Place {
  readonly server: string
  readonly text: string
  readonly folder: string
  readonly csv: string
}

let stranger: Server
let said: { status: number; body: string }
let folder: string
let csv: string

before(async () => {
  stranger = createServer((_, response) => {
    response.writeHead(said.status, { "content-type": "application/json" }).end(said.body)
  }).listen(0, "127.0.0.1")
  await once(stranger, "listening")
  folder = await mkdtemp(join(tmpdir(), "tabard-terminal-"))
  csv = join(folder, "register.csv")
  await writeFile(csv, "name,email\nx,x@example.test\n")
})
after(async () => {
  stranger.close()
  await rm(folder, { recursive: true, force: true })
})

describe("a hostile text on the command line", () => {
  it("is tried with every command there is", async () => {
    const { text } = await typed(["--help"])
    const named = [...text.matchAll(/^ {2}tabard ([a-z-]+(?: (?!\w*\b[A-Z])[a-z][a-z-]*)?)/gm)].map(
      ([, name]) => name,
    )
    assert.deepEqual(named.toSorted(), Object.keys(COMMANDS).toSorted())
  })

  for (const [what, text] of Object.entries(HOSTILE_TEXTS)) {
    it(`steers no terminal and adds no line, whoever said it: ${what}`, async () => {
      const place = await placeOf(text)
      for (const [name, argumentsOf] of Object.entries(COMMANDS)) {
        for (const answer of answersWith(text)) {
          said = answer
          for (const args of argumentsOf(place)) {
            const told = await typed([...name.split(" "), ...args.map((arg) => arg.replaceAll("\0", ""))])
            const where = `${name} ${JSON.stringify(args)}: ${JSON.stringify(told.text.slice(0, 800))}`
            assert.doesNotMatch(told.text, TERMINAL_CONTROLS, where)
            assert.doesNotMatch(linesOurs(name, answer.status, told.text), ADDED, where)
            assert.ok(told.code !== 0 || answer.status === 200 || /^(scan|watch)/.test(name), where)
          }
        }
      }
    })
  }

  it("reaches no terminal between our own colours", async () => {
    for (const text of Object.values(HOSTILE_TEXTS)) await placeOf(text)
    const { text } = await typed(["scan", folder], true)
    assert.match(text, OURS)
    assert.doesNotMatch(text.replaceAll(OURS, ""), TERMINAL_CONTROLS)
  })

  it("is data in every form of a report: JSON, SARIF, CycloneDX and a page", async () => {
    for (const text of Object.values(HOSTILE_TEXTS)) await placeOf(text)
    for (const format of ["json", "sarif", "cyclonedx", "html", "pretty"]) {
      const { text } = await typed(["scan", folder, "--format", format])
      assert.ok(text.includes(HOSTILE_MARK), format)
      assert.doesNotMatch(text, TERMINAL_CONTROLS, format)
      if (format === "html") assertInertPage(text)
      else if (format !== "pretty") {
        assert.ok(!text.includes("<script"), format)
        assert.ok(typeof JSON.parse(text) === "object")
      }
    }
  })
})

/** The lines that we say; those of a file are whose file it is. */
function linesOurs(name: string, status: number, text: string): string {
  const isWhole = name.endsWith(" export") || name === "policies show"
  return isWhole && status === 200 ? "" : text
}

/** A folder of that name, as far as a folder can have it, with a client's file in it that holds the text everywhere else. */
async function placeOf(text: string): Promise<Place> {
  const { port } = Object(stranger.address())
  const name = text.toWellFormed().replaceAll(/[/\0]/g, "_").slice(0, 60)
  const home = join(folder, name)
  const server = { command: text, args: [text], env: { [text]: text } }
  await mkdir(join(home, ".cursor"), { recursive: true })
  await writeFile(
    join(home, ".cursor", "mcp.json"),
    JSON.stringify({ mcpServers: { [text]: server, other: { url: text } } }),
  )
  await mkdir(join(home, ".claude"), { recursive: true })
  const unbound = { permissions: { defaultMode: "bypassPermissions", allow: [text] } }
  await writeFile(join(home, ".claude", "settings.json"), JSON.stringify(unbound))
  const manifest = { purpose: text, owner: text, tier: text, tools: [{ server: text, tool: text }] }
  await mkdir(join(folder, "manifests"), { recursive: true })
  await writeFile(join(folder, "manifests", "tabard.yaml"), JSON.stringify(manifest))
  await writeFile(join(folder, "manifests", "other.tabard.yaml"), `${text}\n`)
  await writeFile(join(folder, "checkpoint"), text.toWellFormed())
  await writeFile(join(folder, "vkey"), text.toWellFormed())
  return { server: `http://127.0.0.1:${port}`, text, folder, csv }
}

/** What a server of a stranger's answers to everything. */
function ofDocuments({ server }: Pick<Place, "server">): readonly (readonly string[])[] {
  return [
    ["--server", server],
    ["--server", server, "--json"],
  ]
}

function ofDocument({ server, text }: Pick<Place, "server" | "text">): readonly (readonly string[])[] {
  return [
    ["guard", "--server", server],
    ["hand", text, "--server", server, "--json"],
    [text, "--server", server, "--version", text],
  ]
}

/** A plan and the standing of documents, said by a server. */
function plannedWith(text: string): object {
  const lower = { score: 1, band: text, counterfactual: { say: text, score: 1, band: text } }
  const risk = { before: { ...lower, score: 2 }, after: lower }
  const tools = [{ server: text, tool: text, before: text, after: text, guardRails: [text] }]
  const named = { id: text, name: text }
  const finding = { rule: text, severity: text, message: text }
  const words = { adds: [text], takesAway: [text], version: 1 }
  const byHand = { change: "changed", version: 1 }
  const told = { change: "changed", byHand, tools, risk, opens: [finding], resolves: [finding] }
  const whom = {
    owner: named,
    maintainers: [named],
    teams: 1,
    installs: 1,
    actingForIt: [named],
    actedFor: [named],
  }
  return {
    digest: text,
    looked: 1,
    changes: 1,
    agents: [{ agent: named, ...words, ...told, ...whom, tasks: [{ onBehalfOf: named }] }],
    documents: [
      { kind: text, subject: text, change: "changed", author: text, at: text, policies: 1, ...words },
    ],
    unfiled: [named],
    source: text,
    versions: [{ version: 1, author: text, at: text, policies: 1 }],
    agentsWithoutManifest: [text],
    toolsWithoutPermit: [{ server: text, tool: text }],
    silentPolicies: [text],
    affected: [{ agent: named, stops: true, tools, risk }],
  }
}

function answersWith(text: string): readonly { status: number; body: string }[] {
  const safe = "https://tabard.example/"
  const words = { error: text, error_description: text, code: text, detail: text, title: text, type: text }
  const lines = [{ line: text, name: text, does: text, says: [text] }]
  const told = {
    difference: [text],
    decidedBy: [{ id: text, effect: text, say: text, text: `permit\n${text}` }],
    approval: text,
    call: text,
    event: text,
    answer: {
      effect: "deny",
      reasons: [text],
      missing: text,
      asks: [{ route: text, say: text }],
      links: [{ kind: text, name: text, effect: text }],
    },
    ...observedWith(text),
    ...plannedWith(text),
    csv: `name\r\n${text}`,
    lines,
    entered: text,
    changed: text,
    applied: text,
    name: text,
    reporter: text,
  }
  return [
    { status: 403, body: JSON.stringify(words) },
    {
      status: 200,
      body: JSON.stringify({
        ...words,
        ...told,
        id: text,
        at: text,
        sentence: text,
        index: 0,
        proof: text,
        entry: "AAAA",
        next: null,
        items: [
          {
            id: text,
            type: text,
            at: text,
            sentence: text,
            body: { [text]: text },
            agent: text,
            tools: [{ server: text, tool: text, verdict: text, policies: [text] }],
          },
        ],
        body: { [text]: text },
        fingerprintKey: text,
        reports: text,
        instance: text,
        agent: text,
      }),
    },
    {
      status: 200,
      body: JSON.stringify({
        instance: text,
        agent: text,
        issuer: safe,
        tokenEndpoint: safe,
        resource: safe,
      }),
    },
    { status: 500, body: text },
  ]
}

/** What is said of an agent that is observed. */
function observedWith(text: string): Record<string, unknown> {
  const examples = [{ decision: text, at: text, arguments: text }]
  const one = { server: { name: text }, tool: text, effect: text, words: text, latest: text, examples }
  const stopped = { calls: 1, permitted: 0, asked: 0, denied: 1, unjudged: 1, stopped: [one] }
  const began = { startedAt: text, startedBy: { name: text }, reason: text, environment: text, endsAt: text }
  return {
    ...stopped,
    observing: true,
    latest: { ...began, endedAt: text },
    manifest: text,
    unused: [{ server: text, tool: text, lastUsed: text }],
    preview: stopped,
    tier: text,
    tools: { [text]: text },
    recordedAt: text,
    rehearsal: { recordedAt: text, endedBy: [text], tools: [] },
  }
}

const ESCAPE = "\u001b"

/** What we say to a terminal ourselves: colours, and the line of progress. */
const OURS = new RegExp(String.raw`${ESCAPE}\[(?:0|1|2|4|22|24|3\d|39|9\d)m|\r${ESCAPE}\[2K`, "g")

/** Runs a command at a terminal; a scan beside one, where it is not coloured. */
async function typed(
  args: readonly string[],
  isTTY = args[0] !== "scan",
): Promise<{ code: number; text: string }> {
  let text = ""
  const screen = { write: (piece: string) => void (text += piece), isTTY, columns: 100 }
  const stop = new AbortController()
  stop.abort()
  const code = await main(args, {
    stdout: screen,
    stderr: screen,
    cwd: folder,
    home: join(folder, "home"),
    host: "laptop",
    env: { TABARD_TOKEN: `tbd_${"a".repeat(46)}`, NO_COLOR: "1" },
    clock: systemClock,
    signal: args[0] === "up" ? stop.signal : new AbortController().signal,
  })
  return { code, text }
}

/** A page that a browser was handed: what is ours in it is one style, and there is nothing that runs or loads. */
function assertInertPage(page: string): void {
  assert.doesNotMatch(page, /<(script|img|iframe|object|embed|base|link|meta http-equiv="refresh")\b/i)
  assert.doesNotMatch(page, /<[^>]*\son\w+\s*=/i)
  assert.doesNotMatch(page, /(href|src)\s*=\s*["']?\s*javascript:/i)
}
