import { opendir, realpath, stat } from "node:fs/promises"
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path"
import { type Json, MalformedJson, Problem, parseLossless } from "@tabard/core"
import {
  type AgentDeclaration,
  type CaseSources,
  checkManifest,
  declareAgent,
  manifestInvalid,
  type PolicyCases,
  type ToolCatalogue,
} from "@tabard/intent"
import { findManifests } from "./manifest-files.ts"
import { readBounded, UnusableFile } from "./read-bounded.ts"

const LARGEST_TEXT = 1024 * 1024
const LARGEST_ENTITIES = 16 * 1024 * 1024
const MOST_ENTRIES = 200_000
const SKIPPED: ReadonlySet<string> = new Set([".git", "node_modules", ".venv", "vendor"])

/** Answers the files of cases at some paths, in the order of their names: each file itself, and those in each folder. */
export async function findCases(paths: readonly string[], cwd: string): Promise<readonly string[]> {
  const found = new Set<string>()
  for (const path of paths.length > 0 ? paths : ["."])
    for await (const file of casesAt(resolve(cwd, path))) found.add(file)
  return [...found].toSorted()
}

async function* casesAt(path: string): AsyncGenerator<string> {
  const about = await stat(path)
  if (!about.isDirectory()) yield path
  else yield* below(path, { left: MOST_ENTRIES })
}

async function* below(folder: string, budget: { left: number }): AsyncGenerator<string> {
  for await (const entry of await opendir(folder)) {
    if (budget.left-- <= 0) throw new UnusableFile(`it holds more than ${MOST_ENTRIES} files`)
    const path = join(folder, entry.name)
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) yield* below(path, budget)
    else if (entry.isFile() && isCases(entry.name)) yield path
  }
}

function isCases(name: string): boolean {
  return name === "tabard.cases.yaml" || name.endsWith(".tabard.cases.yaml")
}

/** Where what a file of cases names is looked for: nothing outside `cwd` is read, by whatever way it is named. */
export interface CasePlace {
  readonly cwd: string
  /** The file of cases. */
  readonly file: string
}

/**
 * Reads what cases are held against.
 *
 * @throws {Problem | UnusableFile} of what cannot be read, or lies elsewhere
 */
export async function readSources(
  { guardRails, offered, byHand, application }: PolicyCases,
  place: CasePlace,
): Promise<CaseSources> {
  const text = async (named: string): Promise<string> => readBeside(named, place, LARGEST_TEXT)
  const hand: [string, string][] = []
  for (const [agent, named] of Object.entries(byHand)) hand.push([agent, await text(named)])
  return {
    guardRails: await Promise.all(guardRails.map(text)),
    offered: offered === null ? null : await text(offered),
    byHand: Object.fromEntries(hand),
    application: application && {
      schema: await text(application.schema),
      policies: await text(application.policies),
      entities: application.entities === null ? [] : await readEntities(application.entities, place),
    },
  }
}

/**
 * Reads the manifests that cases name, each as what it comes to.
 *
 * @throws {Problem | UnusableFile} of one that cannot be read: the cases would be about others
 */
export async function readAgents(
  { manifests }: PolicyCases,
  place: CasePlace,
  catalogue: ToolCatalogue,
): Promise<readonly AgentDeclaration[]> {
  if (manifests.length === 0) return []
  const paths = await Promise.all(manifests.map((named) => within(named, place)))
  const { files, unreadable } = await findManifests(paths, place.cwd)
  const [unread] = unreadable
  if (unread) throw new UnusableFile(`${unread.path}: ${unread.reason}`)
  return files.map(({ file, name, text, byHand }) => {
    const { manifest, problems } = checkManifest(text)
    if (manifest) return declareAgent({ file, name, manifest, byHand }, catalogue)
    throw new Problem("manifest_invalid", `${file}: ${manifestInvalid(problems).message}`)
  })
}

async function readEntities(named: string, place: CasePlace): Promise<readonly Json[]> {
  try {
    const value = parseLossless(await readBeside(named, place, LARGEST_ENTITIES))
    if (Array.isArray(value)) return value
  } catch (error) {
    if (!(error instanceof MalformedJson)) throw error
    throw new UnusableFile(`${named}: ${error.message}`)
  }
  throw new UnusableFile(`${named}: the entities of an application are a list`)
}

/**
 * Reads a file that another names.
 *
 * @throws {UnusableFile} where it cannot be read, or lies elsewhere
 */
export async function readBeside(named: string, place: CasePlace, largest: number): Promise<string> {
  const path = await within(named, place)
  try {
    return await readBounded(path, largest)
  } catch (error) {
    throw error instanceof UnusableFile ? new UnusableFile(`${named}: ${error.message}`) : error
  }
}

async function within(named: string, { cwd, file }: CasePlace): Promise<string> {
  const real = await realpath(resolve(dirname(file), named)).catch(() => undefined)
  if (real === undefined) throw new UnusableFile(`${named}: it is not there, or cannot be read`)
  const way = relative(await realpath(cwd), real)
  if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way))
    throw new UnusableFile(`${named}: it lies outside the folder in which this runs`)
  return real
}
