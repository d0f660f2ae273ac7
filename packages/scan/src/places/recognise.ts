import type { ConfigurationOwner } from "../configurations/observation.ts"
import type { KnowledgePack, KnownClient, KnownFile } from "../knowledge/knowledge-pack.ts"
import { type PathPattern, pathPattern } from "./path-pattern.ts"

/** A file that is known by its name. */
export interface RecognisedFile {
  readonly path: string
  readonly client: KnownClient
  readonly known: KnownFile
  readonly owner: ConfigurationOwner
}

interface KnownEnding {
  readonly client: KnownClient
  readonly known: KnownFile
  readonly ending: string
  readonly pattern: PathPattern
}

/** Answers the configuration that a path is, wherever it lies, or undefined; `home` owns it where a home is read. */
export type Recognise = (path: string, home: string | null) => RecognisedFile | undefined

/** Answers the function that recognises the files of `pack`, the most exact ending first. */
export function recogniser(pack: KnowledgePack): Recognise {
  const byName = Map.groupBy(endingsOf(pack), ({ pattern }) => pattern.last)
  const anyBeginning = [...byName].filter(([name]) => name.includes("*")).flatMap(([, endings]) => endings)
  return (path, home) => {
    const plain = path.replaceAll("\\", "/")
    const candidates = [...(byName.get(lastName(plain)) ?? []), ...anyBeginning]
    for (const { client, known, pattern } of candidates) {
      const start = pattern.startIn(plain)
      if (start !== undefined) return { path, client, known, owner: ownerOf(path, start, home) }
    }
    return undefined
  }
}

function endingsOf(pack: KnowledgePack): readonly KnownEnding[] {
  const endings = pack.clients.flatMap((client) =>
    client.files.flatMap((known) =>
      [known.path, ...Object.values(known.home ?? {}).flat(), ...nameAlone(known)].map((ending) => ({
        client,
        known,
        ending,
      })),
    ),
  )
  return endings
    .toSorted((a, b) => b.ending.length - a.ending.length)
    .map((found) => ({ ...found, pattern: pathPattern(found.ending) }))
}

function nameAlone({ anywhere, path }: KnownFile): readonly string[] {
  return anywhere ? [lastName(path)] : []
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1)
}

/** Where no home is read, the folder that a file configures owns it: what is left of its path without the ending. */
function ownerOf(path: string, start: number, home: string | null): ConfigurationOwner {
  if (home !== null) return { kind: "home", path: home }
  return { kind: "project", path: path.slice(0, start).replace(/(?<=.)[\\/]$/, "") }
}
