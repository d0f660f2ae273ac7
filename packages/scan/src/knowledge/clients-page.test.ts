import assert from "node:assert/strict"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, it } from "node:test"
import type { KnownClient, KnownFile } from "./knowledge-pack.ts"
import { loadKnowledge } from "./load-knowledge.ts"

const PAGE = join(import.meta.dirname, "../../../../docs/clients/README.md")
const PAGES = new Set(["claude-code", "claude-desktop", "codex", "cursor", "vscode-copilot"])
const pack = loadKnowledge()

describe("the page of clients", () => {
  // WRITE_DOCS=1 writes what this test otherwise compares.
  it("says of every client what the knowledge pack says", () => {
    const text = pageText()
    if (process.env["WRITE_DOCS"] === "1") writeFileSync(PAGE, text)
    assert.equal(readFileSync(PAGE, "utf8"), text, "run this test once with WRITE_DOCS=1")
  })
})

function pageText(): string {
  const rows = pack.clients.toSorted((a, b) => a.name.localeCompare(b.name, "en")).map(rowOf)
  return `${INTRODUCTION}
${pack.clients.length} clients, knowledge ${pack.version} of ${pack.date}.

| client | sure | where nothing is set | read | known to hold credentials |
| --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row.join(" | ")} |`).join("\n")}

${FOLDERS}${pack.relocations.map(({ variable, from }) => `\`${variable}\` (\`${from}\`)`).join(", ")}.
`
}

const INTRODUCTION = `# Clients that the scan knows

Made from \`packages/scan/knowledge/clients.json\`; a test holds the two together. *Sure* says how its entry was found: *high* in
the client's source or its vendor's documents, *medium* told by others, *low* not confirmed. *Where nothing is set* is the level
of autonomy by the client's own default; a setting in one of its files comes before it. Paths lie beneath a home directory or a
project, \`*\` stands for part of one name, \`**\` for any folders; where a file lies elsewhere on macOS or Windows the pack
has it too. *Stale* files are left from an older version or a client that is no more: nothing reads them, what they hold is still
there. Files that are known to hold credentials are named; they are read only if they stand under *read* too.
`
const FOLDERS = "Variables that move a folder of the home directory, where the caller hands them in: "

function rowOf(client: KnownClient): readonly string[] {
  const { id, name, confidence, discontinued, files, credentialFiles } = client
  const title = PAGES.has(id) ? `[${name}](${id}.md)` : name
  return [
    `${title} \`${id}\`${discontinued ? ", discontinued" : ""}`,
    confidence,
    `${client.default.level}: ${client.default.says}`,
    files.map(fileText).join(", "),
    credentialFiles.map((path) => `\`${path}\``).join(", ") || "none known",
  ]
}

function fileText({ path, home, stale }: KnownFile): string {
  return `\`${home?.linux[0] ?? home?.macos[0] ?? path}\`${stale ? " (stale)" : ""}`
}
