import { opendir, stat } from "node:fs/promises"
import { basename, dirname, join, relative, resolve, sep } from "node:path"
import type { ManifestFile } from "@tabard/intent"
import { readBounded, UnusableFile } from "./read-bounded.ts"

/** A place that was asked for and could not be looked at. */
export interface UnreadPlace {
  readonly path: string
  readonly reason: string
}

/** The manifests below some paths, in the order of their names, and what could not be read. */
export interface FoundManifests {
  readonly files: readonly ManifestFile[]
  readonly unreadable: readonly UnreadPlace[]
}

/** More than any manifest may be: the reader tells what is too long. */
const LARGEST_MANIFEST = 1024 * 1024
const LARGEST_LOCK = 4 * 1024 * 1024
const MOST_ENTRIES = 200_000
const DEEPEST = 40

/** Folders that hold other people's files. */
const SKIPPED: ReadonlySet<string> = new Set([".git", "node_modules", ".venv", "vendor"])

/** Answers the manifests of some files and folders, by paths below `cwd`. Links are not followed. */
export async function findManifests(paths: readonly string[], cwd: string): Promise<FoundManifests> {
  const found = new Set<string>()
  const unreadable: UnreadPlace[] = []
  for (const path of paths.length > 0 ? paths : ["."]) {
    try {
      for await (const file of manifestsAt(resolve(cwd, path))) found.add(file)
    } catch (error) {
      unreadable.push({ path, reason: reasonOf(error) })
    }
  }
  const read: (ManifestFile | UnreadPlace)[] = []
  // One after another: a tree may hold more of them than a process may open files.
  for (const path of [...found].toSorted()) read.push(await readManifestFile(path, cwd))
  return {
    files: read.flatMap((each) => ("text" in each ? each : [])),
    unreadable: [...unreadable, ...read.flatMap((each) => ("reason" in each ? each : []))],
  }
}

async function* manifestsAt(path: string): AsyncGenerator<string> {
  const about = await stat(path)
  if (!about.isDirectory()) yield path
  else yield* below(path, { left: MOST_ENTRIES }, 0)
}

async function* below(folder: string, budget: { left: number }, depth: number): AsyncGenerator<string> {
  if (depth > DEEPEST) throw new UnusableFile(`it is nested deeper than ${DEEPEST} folders`)
  for await (const entry of await opendir(folder)) {
    if (budget.left-- <= 0) throw new UnusableFile(`it holds more than ${MOST_ENTRIES} files`)
    const path = join(folder, entry.name)
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) yield* below(path, budget, depth + 1)
    else if (entry.isFile() && isManifest(entry.name)) yield path
    else if (entry.isFile() && isByHand(entry.name)) yield manifestBeside(path)
  }
}

function isManifest(name: string): boolean {
  return name === "tabard.yaml" || name.endsWith(".tabard.yaml")
}

/** What is written by hand for an agent says nothing without its manifest, which is then missing. */
function isByHand(name: string): boolean {
  return name === "tabard.cedar" || name.endsWith(".tabard.cedar")
}

function manifestBeside(byHand: string): string {
  return byHand.replace(/\.cedar$/, ".yaml")
}

/** Answers where the Cedar that is written by hand beside a manifest lies. */
function handBeside(manifest: string): string {
  return manifest.replace(/\.ya?ml$/, "").concat(".cedar")
}

async function readManifestFile(path: string, cwd: string): Promise<ManifestFile | UnreadPlace> {
  const file = shown(path, cwd)
  try {
    const text = await readBounded(path, LARGEST_MANIFEST)
    const lock = await readBeside(lockBeside(path), LARGEST_LOCK, cwd)
    const byHand = await readBeside(handBeside(path), LARGEST_MANIFEST, cwd)
    return { file, name: nameOf(path), text, lock, byHand }
  } catch (error) {
    return { path: file, reason: reasonOf(error) }
  }
}

/** Answers where the lock of a manifest lies. */
export function lockBeside(manifest: string): string {
  const name = basename(manifest)
  const own = name === "tabard.yaml" ? "agent.lock" : `${name.replace(/\.?(tabard\.)?yaml$/, "")}.agent.lock`
  return join(dirname(manifest), own)
}

/** Answers a file that may lie beside a manifest, or null where there is none. */
async function readBeside(path: string, largest: number, cwd: string): Promise<ManifestFile["lock"]> {
  const file = shown(path, cwd)
  try {
    return { file, text: await readBounded(path, largest) }
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error
    if (error.message.includes("ENOENT")) return null
    throw new UnusableFile(`${file} beside it: ${error.message}`)
  }
}

/** An agent is called after its file, or its folder. */
function nameOf(path: string): string {
  const name = basename(path)
  return name === "tabard.yaml" ? basename(dirname(path)) : name.replace(/\.?(tabard\.)?yaml$/, "")
}

function shown(path: string, cwd: string): string {
  return relative(cwd, path).split(sep).join("/")
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && "code" in error) return `it cannot be read (${String(error.code)})`
  if (error instanceof UnusableFile) return error.message
  throw error
}
