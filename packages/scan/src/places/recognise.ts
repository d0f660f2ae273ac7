import type { ConfigurationOwner } from "../configurations/observation.ts"
import type { KnowledgePack, KnownClient, KnownFile } from "../knowledge/knowledge-pack.ts"

/** A file that is known by its name. */
export interface RecognisedFile {
  readonly path: string
  readonly client: KnownClient
  readonly known: KnownFile
  readonly owner: ConfigurationOwner
}

interface Pattern {
  readonly client: KnownClient
  readonly known: KnownFile
  readonly ending: string
}

/** Answers the configuration that a path is, wherever it lies, or undefined; `home` owns it where a home is read. */
export type Recognise = (path: string, home: string | null) => RecognisedFile | undefined

/** Answers the function that recognises the files of `pack`, the most exact ending first. */
export function recogniser(pack: KnowledgePack): Recognise {
  const byName = Map.groupBy(patternsOf(pack), ({ ending }) => lastName(ending))
  const anyBeginning = [...byName]
    .filter(([name]) => name.startsWith("*"))
    .flatMap(([, patterns]) => patterns)
  return (path, home) => {
    const plain = path.replaceAll("\\", "/")
    const candidates = [...(byName.get(lastName(plain)) ?? []), ...anyBeginning]
    const found = candidates.find(({ ending }) => endsWith(plain, ending))
    return found && recognised(path, found, home)
  }
}

function patternsOf(pack: KnowledgePack): readonly Pattern[] {
  const patterns = pack.clients.flatMap((client) =>
    client.files.flatMap((known) => endingsOf(known).map((ending) => ({ client, known, ending }))),
  )
  return patterns.toSorted((a, b) => b.ending.length - a.ending.length)
}

function endingsOf(known: KnownFile): readonly string[] {
  return [known.path, ...Object.values(known.home ?? {}).flat()]
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1)
}

function endsWith(path: string, ending: string): boolean {
  if (ending.startsWith("*")) return path.endsWith(ending.slice(1))
  return path === ending || path.endsWith(`/${ending}`)
}

function recognised(path: string, { client, known, ending }: Pattern, home: string | null): RecognisedFile {
  const owner: ConfigurationOwner =
    home === null ? { kind: "project", path: projectOf(path, ending) } : { kind: "home", path: home }
  return { path, client, known, owner }
}

/** The folder that a file configures: what is left of its path without the ending. */
function projectOf(path: string, ending: string): string {
  if (ending.startsWith("*"))
    return path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"), 0)) || "/"
  return path.slice(0, -ending.length).replace(/(?<=.)[\\/]$/, "")
}
