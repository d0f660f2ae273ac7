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
  const clients = pack.clients.toSorted((a, b) => a.name.localeCompare(b.name, "en"))
  return `${INTRODUCTION}
${pack.clients.length} clients, knowledge ${pack.version} of ${pack.date}.

${tableOf([["client", "id", "sure", "where nothing is set"], ...clients.map(rowOf)])}

## What is read

${clients.map(readOf).join("\n")}

${FOLDERS}${pack.relocations.map(({ variable, from }) => `\`${variable}\` (\`${from}\`)`).join(", ")}.
`
}

/** Padded as the formatter would. */
function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`,
  )
  lines.splice(1, 0, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`)
  return lines.join("\n")
}

const INTRODUCTION = `# Clients that the scan knows

Made from \`packages/scan/knowledge/clients.json\`; a test holds the two together. _Sure_ says how its entry was found: _high_ in
the client's source or its vendor's documents, _medium_ told by others, _low_ not confirmed. _Where nothing is set_ is the level
of autonomy by the client's own default; a setting in one of its files comes before it. Paths lie beneath a home directory or a
project, \`*\` stands for part of one name, \`**\` for any folders; where a file lies elsewhere on macOS or Windows the pack
has it too. _Stale_ files are left from an older version or a client that is no more: nothing reads them, what they hold is still
there. Files that are known to hold credentials are named; they are read only if they are among what is read too.
`
const FOLDERS = "Variables that move a folder of the home directory, where the caller hands them in: "

function rowOf({
  id,
  name,
  confidence,
  discontinued,
  default: { level, says },
}: KnownClient): readonly string[] {
  const title = PAGES.has(id) ? `[${name}](${id}.md)` : name
  return [`${title}${discontinued ? ", discontinued" : ""}`, `\`${id}\``, confidence, `\`${level}\`: ${says}`]
}

function readOf({ name, files, credentialFiles, alsoReads = [] }: KnownClient): string {
  const taken = alsoReads.map((path) => `\`${path}\``).join(", ")
  const held = credentialFiles.map((path) => `\`${path}\``).join(", ")
  return `- ${name}: ${files.map(fileText).join(", ")}.${taken && ` Takes over servers of ${taken}.`}${held && ` Known to hold credentials: ${held}.`}`
}

function fileText({ path, home, stale }: KnownFile): string {
  return `\`${home?.linux[0] ?? home?.macos[0] ?? path}\`${stale ? " (stale)" : ""}`
}
