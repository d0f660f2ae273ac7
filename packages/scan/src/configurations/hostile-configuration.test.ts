import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { Secret } from "@tabard/core"
import { fingerprintUnder } from "../credentials/fingerprint.ts"
import { lintSecrets } from "../credentials/secretlint.ts"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import { DEFAULT_LIMITS } from "../limits.ts"
import { recogniser } from "../places/recognise.ts"
import { type ConfigurationRead, readConfiguration } from "./read-configuration.ts"

const pack = loadKnowledge()
const context = { pack, fingerprint: fingerprintUnder(new Secret("f".repeat(32))), limits: DEFAULT_LIMITS }
const recognise = recogniser(pack)

/** Far above what each takes, and far below what it takes where time grows with the square of the size. */
const PATIENCE_MS = 60_000

describe("a configuration that was made to be slow, or large in a report", () => {
  it("is read in time where one text repeats the beginning of a key, and is hidden whole", () => {
    const text = "-----BEGIN PRIVATE KEY-----".repeat(150_000)
    const { observation } = inTime(() => read(`{"mcpServers":{"a":{"command":"x","args":["${text}"]}}}`))
    assert.equal(observation?.credentials.length, 1)
    assert.ok(!JSON.stringify(observation).includes("PRIVATE KEY"))
  })

  it("is read in time where one object holds a hundred thousand tokens, of which a thousand are told", () => {
    const variables = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`A${n}_TOKEN`, token(n)]))
    const { observation, shortfall } = inTime(() => read(JSON.stringify({ env: variables })))
    assert.equal(observation?.credentials.length, 1_000)
    assert.equal(shortfall, "it holds more than 1000 credentials")
  })

  it("tells no argument, address or name that is longer than any program takes, and finds the secret in it", () => {
    const secret = token(7)
    const args = Array.from({ length: 5_000 }, (_, n) => `a${n}`)
    args[1] = `${"a ".repeat(400_000)} ${secret}`
    const address = `https://x.test/${"b/".repeat(400_000)}`
    const name = "n".repeat(100_000)
    const { observation } = inTime(() =>
      read(JSON.stringify({ mcpServers: { [name]: { command: "x", args }, b: { url: address } } })),
    )
    assert.ok(JSON.stringify(observation).length < 20_000)
    assert.deepEqual(observation?.servers[0]?.args.slice(0, 3), ["a0", "[too long]", "a2"])
    assert.equal(observation?.servers[0]?.args.length, 500)
    assert.equal(observation?.servers[1]?.url, "[too long]")
    assert.equal(observation?.credentials.length, 1)
    assert.ok(!JSON.stringify(observation).includes(secret))
  })

  it("is refused where it has more parts than memory should be given for", () => {
    assert.throws(() => read(`{"x":[${"[],".repeat(300_000)}1]}`), /more than 250000 parts/)
    assert.throws(() => read(`x = [${"[],".repeat(400_000)}]`, ".codex/config.toml"), /it is TOML of more/)
  })

  it("is asked of secretlint as far as it holds two thousand signs", async () => {
    const hooks = Array.from(
      { length: 60_000 },
      (_, n) => `https://hooks.slack.com/services/T${n}AAAAAA/B${n}AAAAAA/${token(n).slice(4, 28)}`,
    )
    const before = performance.now()
    const found = await lintSecrets(hooks.join("\n"), pack)
    assert.ok(performance.now() - before < PATIENCE_MS)
    assert.ok(found.length <= 1_000)
  })
})

function inTime(work: () => ConfigurationRead): ConfigurationRead {
  const before = performance.now()
  const read = work()
  assert.ok(performance.now() - before < PATIENCE_MS, "it took too long")
  return read
}

function read(text: string, path = ".mcp.json"): ConfigurationRead {
  const file = recognise(`/repo/${path}`, null)
  assert.ok(file)
  return readConfiguration(file, text, context)
}

function token(n: number): string {
  const rest = (n * 2_654_435_761 + 7 ** 12).toString(36)
  return ["gh", "p_", rest.padStart(36, "aB3dE6gH9jK2mN5pQ8sT1vW4")].join("")
}
