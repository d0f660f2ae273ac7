import { constants } from "node:fs"
import { type FileHandle, open, realpath } from "node:fs/promises"
import { isAbsolute, relative } from "node:path"
import { TooManyNames } from "./expand-place.ts"
import { sizeWords } from "./size-words.ts"

/** Why a file was not read, in words that quote nothing of it. */
class UnreadableFile extends Error {
  override readonly name = "UnreadableFile"
}

/** Answers the text of a regular file of at most `limit` bytes that lies beneath `root`, or undefined where there is none. */
export async function readBounded(path: string, root: string, limit: number): Promise<string | undefined> {
  const real = await resolved(path)
  if (real === undefined) return undefined
  if (!isBeneath(real, await realpath(root)))
    throw new UnreadableFile("it is a link that leads out of the place to be read")
  // Not blocking: a pipe with a known name must not stop the scan. Not following: the link was resolved above.
  await using file = await open(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
  return decode(await readAtMost(file, limit))
}

async function resolved(path: string): Promise<string | undefined> {
  try {
    return await realpath(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Answers whether `path` is `root` or lies in it. */
export function isBeneath(path: string, root: string): boolean {
  const way = relative(root, path)
  return way === "" || !(way === ".." || /^\.\.[\\/]/.test(way) || isAbsolute(way))
}

async function readAtMost(file: FileHandle, limit: number): Promise<Buffer> {
  const stat = await file.stat()
  if (!stat.isFile()) throw new UnreadableFile("it is not a regular file")
  if (stat.size > limit) throw new UnreadableFile(`it is larger than ${sizeWords(limit)}`)
  // One byte more than it said to have: a file that grows while it is read is told from one that does not.
  const bytes = Buffer.alloc(Math.min(stat.size, limit) + 1)
  let length = 0
  while (length < bytes.length) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  if (length > stat.size) throw new UnreadableFile("it changed while it was read; scan again")
  return bytes.subarray(0, length)
}

function decode(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe
  return bytes.toString(isUtf16 ? "utf16le" : "utf8")
}

/** Answers whether `error` only says that there is nothing at a path. */
export function isMissing(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes(errorCode(error))
}

/** Answers the system's code of an error, such as ENOENT, or an empty text. */
function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : ""
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["EACCES", "no permission; run as a user who may read it"],
  ["EPERM", "no permission; run as a user who may read it"],
  ["ENOENT", "there is no such file or folder"],
  ["ENOTDIR", "it is neither a file nor a folder"],
  ["ELOOP", "its links lead in a circle"],
  ["EISDIR", "it is a folder where a file was expected"],
  ["ENAMETOOLONG", "its path is too long"],
  ["EMFILE", "too many files are open"],
])

/** Says why a place could not be read, without quoting what stood there. */
export function reasonOf(error: unknown): string {
  if (error instanceof UnreadableFile || error instanceof TooManyNames) return error.message
  const code = errorCode(error)
  return REASONS.get(code) ?? `it could not be read${code ? ` (${code})` : ""}`
}
