import { constants } from "node:fs"
import { type FileHandle, lstat, mkdir, open, readdir } from "node:fs/promises"
import { join } from "node:path"

/** The file that lines are put into now. */
export interface LineFile {
  /** Whether it has grown past its size. */
  readonly full: boolean
  /** Whether it still is what its name leads to: others may have moved it away. */
  isThere(): Promise<boolean>
  /** Puts whole lines at its end, and answers once they are on disk. */
  append(lines: string): Promise<void>
  close(): Promise<void>
}

/** Which file is wanted. */
export interface WantedFile {
  readonly exportFolder: string
  readonly directory: string
  readonly rotateBytes: number
  /** The place of what is put into it next: a new file is named by it. */
  readonly place: number
  /** The file that is open already. */
  readonly open: LineFile | undefined
}

const NAMED = /^record-\d{16}\.jsonl$/

/** Opens the file to go on in: the open one, else the last of the folder, or a new one where that is full. */
export async function openLineFile(wanted: WantedFile): Promise<LineFile> {
  const { open: known } = wanted
  if (known && !known.full && (await known.isThere())) return known
  await known?.close()
  const folder = join(wanted.exportFolder, wanted.directory)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const last = (await readdir(folder))
    .filter((name) => NAMED.test(name))
    .toSorted()
    .at(-1)
  const file = last && (await openAt(folder, last, wanted.rotateBytes))
  if (file && !file.full) return file
  if (file) await file.close()
  return openAt(folder, `record-${String(wanted.place).padStart(16, "0")}.jsonl`, wanted.rotateBytes)
}

async function openAt(folder: string, name: string, rotateBytes: number): Promise<LineFile> {
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_RDWR } = constants
  const path = join(folder, name)
  const handle = await open(path, O_APPEND | O_CREAT | O_NOFOLLOW | O_RDWR, 0o600)
  try {
    let size = await cutTornLine(handle)
    const { dev, ino } = await handle.stat()
    await syncFolder(folder)
    return {
      get full() {
        return size >= rotateBytes
      },
      async isThere() {
        const there = await lstat(path).catch(() => undefined)
        return there?.dev === dev && there.ino === ino
      },
      async append(lines) {
        const bytes = Buffer.from(lines)
        await handle.appendFile(bytes)
        await handle.datasync()
        size += bytes.length
      },
      close: () => handle.close(),
    }
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** A file that is new is there after a crash only if its folder says so. */
async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, constants.O_RDONLY)
  await handle.sync()
}

const STEP = 64 * 1024

/** Cuts off what a crash left behind the last whole line; answers how long the file is then. */
async function cutTornLine(handle: FileHandle): Promise<number> {
  const { size } = await handle.stat()
  const whole = await endOfLastLine(handle, size)
  if (whole < size) await handle.truncate(whole)
  return whole
}

async function endOfLastLine(handle: FileHandle, size: number): Promise<number> {
  const step = Buffer.alloc(STEP)
  for (let end = size; end > 0; end -= STEP) {
    const from = Math.max(0, end - STEP)
    const { bytesRead } = await handle.read(step, 0, end - from, from)
    const at = step.subarray(0, bytesRead).lastIndexOf(0x0a)
    if (at >= 0) return from + at + 1
  }
  return 0
}
