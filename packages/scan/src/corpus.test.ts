import assert from "node:assert/strict"
import { existsSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { describe, it } from "node:test"
import { ManualClock, Secret } from "@tabard/core"
import { loadKnowledge } from "./knowledge/load-knowledge.ts"
import type { ScanReport } from "./report.ts"
import { silentReporter } from "./reporter.ts"
import { scan } from "./scan.ts"

/** Labelled configurations of strangers, kept outside the repository. */
const CORPUS = join(
  resolve(process.env["TABARD_SHARED"] ?? join(import.meta.dirname, "../../../../shared")),
  "corpus/dev",
)
const LABELS = join(CORPUS, "labels.jsonl")
const clients = new Set(loadKnowledge().clients.map(({ id }) => id))

interface Label {
  readonly id: string
  readonly path: string
  readonly expected: {
    readonly agents: readonly { readonly client?: string }[]
    readonly mcp_servers: readonly {
      readonly name: string
      readonly transport: string
      readonly command_or_url: string
    }[]
    readonly secrets_present: boolean
    readonly autonomy: { readonly level: string }
  }
}

const skip = existsSync(LABELS) ? false : `no corpus at ${CORPUS}: set TABARD_SHARED`

describe("the labelled corpus, where clients are known", { skip }, () => {
  it("finds at least 98 of 100 MCP servers by name, and at most 2 of 100 that are not there", async () => {
    const score = { hit: 0, missed: [] as string[], wrong: [] as string[] }
    for (const label of knownLabels()) {
      const seen = (await scanItem(label)).mcpServers.map(({ name }) => name)
      tally(score, label, { seen, expected: label.expected.mcp_servers.map(({ name }) => name) })
    }
    assert.ok(score.hit > 20, "the corpus holds servers")
    assert.ok(score.hit / (score.hit + score.missed.length) >= 0.98, `missed ${score.missed.join(", ")}`)
    assert.ok(score.hit / (score.hit + score.wrong.length) >= 0.98, `wrong ${score.wrong.join(", ")}`)
  })

  it("tells their transport, and what they start or call", async () => {
    const wrong: string[] = []
    for (const label of knownLabels()) {
      const report = await scanItem(label)
      const seen = report.mcpServers.map(({ name, transport, command, args, url }) =>
        JSON.stringify([name, transport, url ?? [command, ...args].join(" ")]),
      )
      const expected = label.expected.mcp_servers.map(({ name, transport, command_or_url }) =>
        JSON.stringify([name, transport, command_or_url]),
      )
      wrong.push(...expected.filter((server) => !seen.includes(server)))
    }
    assert.deepEqual(wrong, [])
  })

  it("finds each item's agent and no other", async () => {
    for (const label of knownLabels()) {
      const seen = (await scanItem(label)).agents.map(({ client }) => client)
      assert.deepEqual(
        seen,
        label.expected.agents.map(({ client }) => client),
        label.id,
      )
    }
  })

  it("sees no secret in plain text where there is none", async () => {
    for (const label of knownLabels()) {
      const plain = (await scanItem(label)).credentials.filter(({ storedAs }) => storedAs === "plaintext")
      assert.equal(plain.length > 0, label.expected.secrets_present, label.id)
    }
  })

  it("gives the stated autonomy level where a level is stated", async () => {
    for (const label of knownLabels()) {
      const { level } = label.expected.autonomy
      if (level === "not_stated") continue
      const [agent] = (await scanItem(label)).agents
      assert.equal(agent?.autonomy.level, level, label.id)
    }
  })
})

function knownLabels(): readonly Label[] {
  const lines = readFileSync(LABELS, "utf8").split("\n").filter(Boolean)
  const labels = lines.map((line): Label => JSON.parse(line))
  const known = labels.filter(({ expected }) =>
    expected.agents.every(({ client }) => client && clients.has(client)),
  )
  return known.filter(({ path, expected }) => expected.agents.length > 0 && existsSync(join(CORPUS, path)))
}

function scanItem({ path }: Label): Promise<ScanReport> {
  const options = {
    roots: [join(CORPUS, path)],
    home: null,
    os: "linux",
    fingerprintKey: new Secret("k".repeat(32)),
    clock: new ManualClock("2026-11-21T00:00:00Z"),
  } as const
  return scan(options, silentReporter, new AbortController().signal)
}

interface Score {
  hit: number
  readonly missed: string[]
  readonly wrong: string[]
}

function tally(
  score: Score,
  { id }: Label,
  names: { seen: readonly string[]; expected: readonly string[] },
): void {
  score.hit += names.expected.filter((name) => names.seen.includes(name)).length
  score.missed.push(
    ...names.expected.filter((name) => !names.seen.includes(name)).map((name) => `${id} ${name}`),
  )
  score.wrong.push(
    ...names.seen.filter((name) => !names.expected.includes(name)).map((name) => `${id} ${name}`),
  )
}
