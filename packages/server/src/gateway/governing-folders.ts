import { readdir, readFile, realpath, stat } from "node:fs/promises"
import { dirname, join, resolve, sep } from "node:path"
import { type KeptPlace, repositoryIn, type SeenPlace } from "@tabard/control"

/** A root by which a server would reach what governs agents, and what that is. */
export interface ReachedFolder {
  readonly root: string
  readonly what: string
}

/** Where commands keep a person's session and agents' keys, below a home. */
const SETTINGS = join(".config", "tabard")

const MANIFEST = "tabard.yaml"

/** The most folders of one root that are looked into. */
const MOST = 1000

/** Answers the first of some roots that holds, or lies in, a folder of our own or of a person's command line. */
export async function ownFolderIn(
  roots: readonly string[],
  ownFolders: readonly string[],
): Promise<ReachedFolder | undefined> {
  const own = (await Promise.all(ownFolders.map(bothNames))).flat()
  for (const root of roots) {
    const names = await bothNames(root)
    if (names.some((name) => own.some((folder) => overlap(name, folder))))
      return { root, what: "what Tabard keeps of its own here" }
    if (names.some(isSettings) || (await holds(root, SETTINGS)))
      return { root, what: "what a person's command line is signed in by" }
  }
  return undefined
}

/**
 * Answers the repositories that are checked out in, around or right below some roots, as their remotes name them; and the
 * place where manifests are kept, where one lies there of which no remote is known.
 */
export async function checkoutsIn(roots: readonly string[]): Promise<readonly SeenPlace[]> {
  const places = new Set<SeenPlace>()
  for (const root of roots) {
    const folders = [...around(root), ...(await below(root))]
    const remotes = (await Promise.all(folders.map(remotesOf))).flat()
    for (const place of remotes) places.add(place)
    const written = await Promise.all(folders.map((folder) => isThere(join(folder, MANIFEST))))
    if (remotes.length === 0 && written.includes(true)) places.add("manifests")
  }
  return [...places].toSorted()
}

function overlap(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}${sep}`) || other.startsWith(`${one}${sep}`)
}

function isSettings(path: string): boolean {
  return `${path}${sep}`.includes(`${sep}${SETTINGS}${sep}`)
}

/** A folder as it is called and as it really is. */
async function bothNames(path: string): Promise<readonly string[]> {
  const real = await realpath(path).catch(() => path)
  return [...new Set([path, real])]
}

/** A home, or what homes are in. */
async function holds(root: string, path: string): Promise<boolean> {
  const folders = [root, ...(await below(root))]
  return (await Promise.all(folders.map((folder) => isThere(join(folder, path))))).includes(true)
}

function around(root: string): readonly string[] {
  const folders = [root]
  for (let folder = root; dirname(folder) !== folder; folder = dirname(folder)) folders.push(dirname(folder))
  return folders
}

async function below(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => [])
  const folders = entries.filter((entry) => entry.isDirectory())
  return folders.slice(0, MOST).map(({ name }) => join(root, name))
}

async function remotesOf(folder: string): Promise<readonly KeptPlace[]> {
  const config = await readFile(join(await gitFolder(folder), "config"), "utf8").catch(() => "")
  return config.split("\n").flatMap((line) => {
    const url = /^\s*(?:push)?url\s*=\s*"?(.+?)"?\s*$/i.exec(line)?.[1]
    return (url && repositoryIn(withoutSecret(url))) || []
  })
}

/** A further working tree, or a submodule, has a file there that says where the rest lies. */
async function gitFolder(folder: string): Promise<string> {
  const own = join(folder, ".git")
  const pointer = await readFile(own, "utf8").catch(() => "")
  const named = /^gitdir:\s*(.+?)\s*$/m.exec(pointer)?.[1]
  if (named === undefined) return own
  const elsewhere = resolve(folder, named)
  const common = await readFile(join(elsewhere, "commondir"), "utf8").catch(() => ".")
  return resolve(elsewhere, common.trim())
}

/** A remote may be kept with the password that it is asked with. */
function withoutSecret(url: string): string {
  return url.replace(/^(https?:\/\/)[^/@]*@/, "$1")
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}
