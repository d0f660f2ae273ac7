import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { loadKnowledge } from "./load-knowledge.ts"

const CAPABILITIES = new Set(["read", "write", "delete", "execute", "financial", "infrastructure", "egress"])
const LEVELS = new Set([
  "none",
  "not_stated",
  "restricted",
  "partial",
  "broad",
  "unrestricted",
  "client_default_unrestricted",
])
const SEVERITIES = new Set(["low", "medium", "high", "critical"])

describe("the knowledge pack", () => {
  const pack = loadKnowledge()

  it("has a version and a date", () => {
    assert.match(pack.version, /^\d{4}\.\d+\.\d+$/)
    assert.match(pack.date, /^\d{4}-\d\d-\d\d$/)
  })

  it("names every client and server once", () => {
    for (const things of [pack.clients, pack.servers, pack.shapes]) {
      assert.equal(new Set(things.map(({ id }) => id)).size, things.length)
    }
  })

  it("names each file and each setting of a client once", () => {
    for (const { id, files, autonomy } of pack.clients) {
      for (const names of [files.map(({ path }) => path), autonomy.map(({ setting }) => setting.join("/"))])
        assert.equal(new Set(names).size, names.length, id)
    }
  })

  it("speaks of capabilities, levels and severities in the words of the report", () => {
    for (const { id, capabilities, match } of pack.servers) {
      assert.ok(
        match.length > 0 && capabilities.length > 0 && capabilities.every((word) => CAPABILITIES.has(word)),
        id,
      )
    }
    for (const client of pack.clients) {
      const levels = [
        client.default.level,
        ...client.autonomy.flatMap(({ levels: of, otherwise }) => [
          ...Object.values(of),
          ...(otherwise ? [otherwise] : []),
        ]),
      ]
      assert.ok(
        levels.every((level) => LEVELS.has(level)),
        client.id,
      )
    }
    assert.ok(pack.shapes.every(({ severity }) => SEVERITIES.has(severity)))
  })

  it("tells each client's files by a path beneath a folder, never an absolute one", () => {
    for (const client of pack.clients) {
      const paths = client.files.flatMap(({ path, home, system }) => [
        path,
        ...Object.values(home ?? {}).flat(),
        ...Object.values(system ?? {}).flat(),
      ])
      assert.ok(
        paths.length > 0 && paths.every((path) => !path.startsWith("/") && !path.includes("..")),
        client.id,
      )
    }
  })

  it("has shapes that end soon on long hostile text", () => {
    const hostile = [
      "a".repeat(100_000),
      "sk-".repeat(30_000),
      "eyJ".repeat(30_000),
      "://:".repeat(20_000),
      "-----BEGIN PRIVATE KEY-----".repeat(3_000),
      `bearer ${" ".repeat(50_000)}`,
      "xoxb-1".repeat(20_000),
      "https://a:".repeat(10_000),
    ]
    for (const shape of pack.shapes) {
      const start = performance.now()
      for (const text of hostile) Array.from(text.matchAll(shape.pattern))
      const took = performance.now() - start
      assert.ok(took < 10_000, `${shape.id} took ${Math.round(took)} ms`)
    }
  })
})
