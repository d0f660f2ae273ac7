import { opendirSync } from "node:fs"
import { lstat } from "node:fs/promises"
import { join } from "node:path"
import { setImmediate as turn } from "node:timers/promises"
import type { ScanLimits } from "../limits.ts"
import { whyNotFollowed } from "./folder-link.ts"
import { reasonOf } from "./read-bounded.ts"

/** Folders that hold other people's code, histories or caches. */
const SKIPPED = new Set([
  "node_modules",
  ".git",
  ".hg",
  ".svn",
  ".cache",
  ".npm",
  ".pnpm-store",
  ".yarn",
  ".venv",
  "venv",
  "__pycache__",
  ".tox",
  ".gradle",
  ".m2",
  ".cargo",
  ".rustup",
  "Caches",
  "CachedData",
  ".Trash",
])

const NAMES_A_PORTION = 256
/** Folders read before everything else of the program gets its turn. */
const FOLDERS_A_TURN = 64

/** What a walk tells while it goes. */
export interface WalkListener {
  /** Asked for each name; only what it wants is answered. */
  wants(path: string): boolean
  entered(folder: string, filesSeen: number): void
  unreadable(path: string, reason: string): void
}

/** Answers the wanted files beneath `root` in a stable order; links to folders are not followed, so it always ends. */
export async function* walk(
  root: string,
  limits: ScanLimits,
  listener: WalkListener,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const budget = { left: limits.entries, seen: 0 }
  const folders: Folder[] = []
  let visited = 0
  const first = await startAt(root, listener)
  if (first === "folder") folders.push({ path: root, depth: 0 })
  if (first === "file" && listener.wants(root)) yield root
  for (let folder = folders.pop(); folder; folder = folders.pop()) {
    signal.throwIfAborted()
    listener.entered(folder.path, budget.seen)
    if (++visited % FOLDERS_A_TURN === 0) await turn()
    const { files, inner } = list(folder, { root, budget, listener, limits })
    yield* files
    folders.push(...inner)
    if (budget.left <= 0)
      return listener.unreadable(
        root,
        `it holds more than ${limits.entries} names; the rest was not looked at`,
      )
  }
}

interface Folder {
  readonly path: string
  readonly depth: number
}
interface Listing {
  readonly files: string[]
  readonly inner: Folder[]
}
interface Walk {
  readonly root: string
  readonly budget: { left: number; seen: number }
  readonly listener: WalkListener
  readonly limits: ScanLimits
}

async function startAt(root: string, listener: WalkListener): Promise<"folder" | "file" | "nothing"> {
  try {
    const stat = await lstat(root)
    if (stat.isDirectory()) return "folder"
    if (stat.isFile()) return "file"
    listener.unreadable(
      root,
      stat.isSymbolicLink() ? "it is a link; give the path it leads to" : "it is not a file or folder",
    )
  } catch (error) {
    listener.unreadable(root, reasonOf(error))
  }
  return "nothing"
}

/** Reads the names one portion after another, so that a folder of millions ends where the budget does. */
function list(folder: Folder, walking: Walk): Listing {
  const listing: Listing = { files: [], inner: [] }
  try {
    using names = opendirSync(folder.path, { bufferSize: NAMES_A_PORTION })
    for (let entry = names.readSync(); entry; entry = names.readSync()) {
      if (walking.budget.left-- <= 0) break
      const path = join(folder.path, entry.name)
      if (entry.isSymbolicLink()) tellLink(path, walking)
      if (entry.isDirectory()) enter({ path, depth: folder.depth + 1 }, entry.name, listing, walking)
      else see(path, listing, walking)
    }
  } catch (error) {
    walking.listener.unreadable(folder.path, reasonOf(error))
  }
  listing.files.sort()
  // Folders are taken from the end, so the last in order goes first.
  listing.inner.sort((a, b) => (a.path < b.path ? 1 : -1))
  return listing
}

function enter(folder: Folder, name: string, listing: Listing, { limits, listener }: Walk): void {
  if (SKIPPED.has(name)) return
  if (folder.depth > limits.depth)
    listener.unreadable(folder.path, `it is more than ${limits.depth} folders deep`)
  else listing.inner.push(folder)
}

/** Links to folders are not followed; where that leaves something unread, it is told. */
function tellLink(path: string, { root, listener }: Walk): void {
  const reason = whyNotFollowed(path, root)
  if (reason !== undefined) listener.unreadable(path, reason)
}

function see(path: string, listing: Listing, { budget, listener }: Walk): void {
  budget.seen++
  if (listener.wants(path)) listing.files.push(path)
}
