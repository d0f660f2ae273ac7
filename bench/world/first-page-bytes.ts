import { readFileSync } from "node:fs"
import { gzipSync } from "node:zlib"

const DIST = new URL("../../packages/web/dist/", import.meta.url)

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}

/** Answers how much the first page of somebody signed in loads, as it travels compressed, without fonts. */
export function firstPageBytes(): number {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Vite's own manifest
  const chunks = JSON.parse(readFileSync(new URL(".vite/manifest.json", DIST), "utf8")) as Record<
    string,
    Chunk
  >
  const seen = new Set(["index.html", "src/pages.tsx"])
  for (const name of seen) for (const next of chunks[name]?.imports ?? []) seen.add(next)
  const files = [...seen].flatMap((name) => [chunks[name]?.file ?? [], chunks[name]?.css ?? []].flat())
  return [...new Set(files)].reduce(
    (sum, file) => sum + gzipSync(readFileSync(new URL(file, DIST))).length,
    0,
  )
}
