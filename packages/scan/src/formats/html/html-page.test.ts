import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { describe, it } from "node:test"
import { sampleReport } from "../fixtures/sample-report.ts"
import { htmlOf } from "./html-page.ts"

describe("a report as a page", () => {
  it("has a section for each part that there is, in the order that a reader needs them", () => {
    assert.deepEqual(titles(htmlOf(sampleReport())), [
      "Do first",
      "Access and autonomy",
      "Agents",
      "MCP servers",
      "Credentials",
      "Findings",
      "Not read",
    ])
  })

  it("says what it found where there is nothing to show", () => {
    const nothing = { agents: [], mcpServers: [], credentials: [], findings: [], unreadable: [] }
    const page = htmlOf(sampleReport(nothing))
    assert.deepEqual(titles(page), ["Do first"])
    assert.match(page, /<h1>No agents are here, and nothing asks for action<\/h1>/)
  })

  it("counts in words, one as one", () => {
    const page = htmlOf(sampleReport({ credentials: sampleReport().credentials.slice(0, 1) }))
    const counts = Array.from(
      page.matchAll(/<dt>([^<]*)<\/dt><dd>(\d+)/g),
      ([, noun, number]) => `${number} ${noun}`,
    )
    assert.deepEqual(counts, ["3 agents", "5 MCP servers", "1 credential", "3 findings"])
  })

  it("allows exactly the style that it carries", () => {
    const page = htmlOf(sampleReport())
    const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? ""
    const hash = createHash("sha256").update(style).digest("base64")
    assert.ok(page.includes(`style-src 'sha256-${hash}'`))
    assert.match(style, /prefers-color-scheme: dark/)
  })

  it("puts each agent in the cell of its access and autonomy", () => {
    const rows = htmlOf(sampleReport()).match(/<tr><th scope="row">[\s\S]*?<\/tr>/g) ?? []
    const where = rows.map((row) => [
      /scope="row">([^<]*)/.exec(row)?.[1],
      row
        .split("<td")
        .slice(1)
        .map((cell) =>
          Array.from(cell.matchAll(/<span class="dot local">([^<]*)/g), ([, name = ""]) => name.trim()),
        )
        .join("|"),
    ])
    assert.deepEqual(where, [
      ["autonomy 8–10", "||||"],
      ["autonomy 6–8", "||Claude Code,Cursor||"],
      ["autonomy 4–6", "||||"],
      ["autonomy 2–4", "||Codex||"],
      ["autonomy 0–2", "||||"],
    ])
  })

  it("shows nothing made from a secret", () => {
    for (const { fingerprint } of sampleReport().credentials) {
      assert.ok(!htmlOf(sampleReport()).includes(fingerprint ?? "never"))
    }
  })
})

function titles(page: string): readonly string[] {
  return Array.from(page.matchAll(/<h2>([^<]*)<\/h2>/g), ([, title = ""]) => title)
}
