import type { Dirent } from "node:fs"
import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { namePattern } from "./path-pattern.ts"

/** What a place with `*` in it may cost: more than any client keeps there. */
const MOST_NAMES = 5_000
const DEEPEST = 6

/** A folder with more names than are looked at: what is behind them is unknown. */
export class TooManyNames extends Error {
  override readonly name = "TooManyNames"
}

/** Told of folders that could not be listed. */
export type CannotList = (folder: string, error: unknown) => void

/** Answers the paths that `names` beneath `root` stand for. Without a `*` it is one, whether or not it is there. */
export async function expandPlace(
  root: string,
  names: readonly string[],
  cannotList: CannotList,
): Promise<readonly string[]> {
  const first = names.findIndex((name) => name.includes("*"))
  if (first < 0) return [join(root, ...names)]
  const start = join(root, ...names.slice(0, first))
  const expansion: Expansion = { left: MOST_NAMES, cannotList }
  return expand(start, names.slice(first), 0, expansion)
}

interface Expansion {
  left: number
  readonly cannotList: CannotList
}

async function expand(
  folder: string,
  [name = "", ...rest]: readonly string[],
  depth: number,
  expansion: Expansion,
): Promise<readonly string[]> {
  if (name === "**") return expandDeep(folder, rest, depth, expansion)
  if (!name.includes("*") && rest.length === 0) return [join(folder, name)]
  if (!name.includes("*")) return expand(join(folder, name), rest, depth, expansion)
  const wanted = namePattern(name)
  const entries = (await list(folder, expansion)).filter((entry) => wanted.test(entry.name))
  if (rest.length === 0)
    return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(folder, entry.name))
  return inEach(entries, folder, (inner) => expand(inner, rest, depth, expansion))
}

async function expandDeep(
  folder: string,
  rest: readonly string[],
  depth: number,
  expansion: Expansion,
): Promise<readonly string[]> {
  const here = await expand(folder, rest, depth, expansion)
  if (depth >= DEEPEST) return here
  const entries = await list(folder, expansion)
  const deeper = await inEach(entries, folder, (inner) => expandDeep(inner, rest, depth + 1, expansion))
  return [...here, ...deeper]
}

/** Links are not followed, so it always ends. */
async function inEach(
  entries: readonly Dirent[],
  folder: string,
  look: (inner: string) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const found: string[] = []
  for (const entry of entries) if (entry.isDirectory()) found.push(...(await look(join(folder, entry.name))))
  return found
}

async function list(folder: string, expansion: Expansion): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    const taken = entries.toSorted((a, b) => (a.name < b.name ? -1 : 1)).slice(0, expansion.left)
    expansion.left -= taken.length
    if (taken.length < entries.length)
      expansion.cannotList(
        folder,
        new TooManyNames(`it holds more names than the ${MOST_NAMES} that are looked at`),
      )
    return taken
  } catch (error) {
    expansion.cannotList(folder, error)
    return []
  }
}
