import { gunzipSync } from "node:zlib"

const BLOCK = 512
const REGULAR_FILE = "0"

/** Reads the files of a gzipped tar archive, by their paths. */
export function readArchive(gzipped: Uint8Array): ReadonlyMap<string, Buffer> {
  const tar = gunzipSync(gzipped)
  const files = new Map<string, Buffer>()
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const header = tar.subarray(at, at + BLOCK)
    const size = Number.parseInt(textAt(header, 124, 12), 8)
    const start = at + BLOCK
    if (textAt(header, 156, 1) === REGULAR_FILE)
      files.set(textAt(header, 0, 100), tar.subarray(start, start + size))
    at = start + Math.ceil(size / BLOCK) * BLOCK
  }
  return files
}

function textAt(header: Buffer, start: number, length: number): string {
  return header.toString("latin1", start, start + length).replace(/[\0 ]+$/, "")
}
