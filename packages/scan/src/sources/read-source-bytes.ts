import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs"

/** Not following: what a link leads to is read where it lies. Not blocking: a pipe must not stop the scan. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW

/** What became of one file: its bytes, or that it is no file to be read, or that it is too large. */
export type SourceBytes = Buffer | "not-a-file" | "too-large"

/**
 * Reads source files one after another into one buffer, since a repository has many small ones: what it answers is
 * good until the next is read. It waits for the disk, and the caller lets others have their turn in between.
 */
export function sourceBytesReader(limit: number): (path: string) => SourceBytes {
  const buffer = Buffer.allocUnsafeSlow(limit + 1)
  return (path) => {
    const file = openUnlessLink(path)
    if (file === undefined) return "not-a-file"
    try {
      if (!fstatSync(file).isFile()) return "not-a-file"
      const length = fill(file, buffer)
      return length > limit ? "too-large" : buffer.subarray(0, length)
    } finally {
      closeSync(file)
    }
  }
}

function openUnlessLink(path: string): number | undefined {
  try {
    return openSync(path, FLAGS)
  } catch (error) {
    if (error instanceof Error && "code" in error && NOT_A_FILE.has(error.code)) return undefined
    throw error
  }
}

const NOT_A_FILE: ReadonlySet<unknown> = new Set(["ELOOP", "EMLINK", "ENXIO", "ENOENT", "ENOTDIR"])

function fill(file: number, buffer: Buffer): number {
  let length = 0
  while (length < buffer.length) {
    const count = readSync(file, buffer, length, buffer.length - length, length)
    if (count === 0) break
    length += count
  }
  return length
}
