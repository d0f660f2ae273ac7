import assert from "node:assert/strict"
import { existsSync, readFileSync } from "node:fs"
import { describe, it } from "node:test"
import { gzipSync } from "node:zlib"
import { isJsonObject, type Json } from "@tabard/core"

const DIST = new URL("../../packages/web/dist/", import.meta.url)
const MANIFEST = new URL(".vite/manifest.json", DIST)

/** What a first visit may load, in bytes as they travel; each a tenth above what it is today. */
const BUDGET = { signIn: 148_000, pages: 298_000, graph: 85_000 }

describe("what the console loads", {
  skip: existsSync(MANIFEST) ? false : "the console is not built",
}, () => {
  const chunks = existsSync(MANIFEST) ? readChunks() : new Map<string, Chunk>()

  it("is little before anybody signed in, and no page", () => {
    const files = loadedBy("index.html")
    assert.ok(!files.includes(fileOf("src/pages.tsx")))
    assert.ok(sizeOf(files) <= BUDGET.signIn, `${sizeOf(files)} bytes`)
  })

  it("holds the pages that visits begin with, and neither the others nor the graph and the picture, which come when they are looked at", () => {
    const files = loadedBy("index.html", "src/pages.tsx")
    for (const later of ["access/access-picture", "settings/settings-page", "agent/agent-page"])
      assert.ok(!files.includes(fileOf(`src/pages/${later}.tsx`)), later)
    assert.ok(!files.includes(fileOf("src/pages/field/field.tsx")))
    assert.ok(sizeOf(files) <= BUDGET.pages, `${sizeOf(files)} bytes`)
    assert.ok(sizeOf([fileOf("src/pages/access/access-picture.tsx")]) <= BUDGET.graph)
  })

  /** Answers the files of some chunks with everything that they import at once. */
  function loadedBy(...names: readonly string[]): readonly string[] {
    const seen = new Set(names)
    for (const name of seen) for (const next of chunks.get(name)?.imports ?? []) seen.add(next)
    return [...seen].map(fileOf)
  }

  function fileOf(name: string): string {
    return chunks.get(name)?.file ?? assert.fail(`${name} is no chunk of its own`)
  }
})

interface Chunk {
  readonly file: string
  readonly imports: readonly string[]
}

function readChunks(): ReadonlyMap<string, Chunk> {
  const manifest: Json = JSON.parse(readFileSync(MANIFEST, "utf8"))
  assert.ok(isJsonObject(manifest))
  return new Map(Object.entries(manifest).map(([name, chunk]) => [name, chunkOf(chunk)]))
}

function chunkOf(chunk: Json | undefined): Chunk {
  assert.ok(isJsonObject(chunk))
  const { file, imports = [] } = chunk
  assert.ok(typeof file === "string" && Array.isArray(imports))
  return { file, imports: imports.map(String) }
}

function sizeOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, DIST))).length, 0)
}
