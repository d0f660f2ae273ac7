import { join } from "node:path"
import type { KnowledgePack, KnownClient, KnownFile, OperatingSystem } from "../knowledge/knowledge-pack.ts"
import type { RecognisedFile } from "./recognise.ts"
import { type Environment, relocated } from "./relocated.ts"

/** A machine whose known places are read. Its variables and its root are handed in: nothing here asks the system. */
export interface Machine {
  readonly home: string
  readonly os: OperatingSystem
  readonly environment: Environment
  /** What stands before the places that all its users share, or null to leave them out. */
  readonly systemRoot: string | null
}

/** A place where a client keeps a configuration; names in it may hold `*`. It must lie in `root` when it is read. */
export interface KnownPlace {
  readonly root: string
  readonly names: readonly string[]
  readonly file: Omit<RecognisedFile, "path">
}

/** Answers where clients keep their configurations on this machine, whether or not they are there. */
export function homePlaces(machine: Machine, pack: KnowledgePack): readonly KnownPlace[] {
  return pack.clients.flatMap((client) =>
    client.files.flatMap((known) => [
      ...personal(client, known, machine, pack),
      ...shared(client, known, machine),
    ]),
  )
}

/** Answers the folders in a home directory that show that `client` is used there. */
export function presenceFolders(
  client: KnownClient,
  machine: Machine,
  pack: KnowledgePack,
): readonly string[] {
  return client.presence.map((folder) => {
    const { root, names } = relocated(folder, machine, pack)
    return join(root, ...names)
  })
}

function personal(
  client: KnownClient,
  known: KnownFile,
  machine: Machine,
  pack: KnowledgePack,
): readonly KnownPlace[] {
  const places = known.home?.[machine.os] ?? (known.elsewhere ? [] : [known.path])
  const owner = { kind: "home", path: machine.home } as const
  return places.map((place) => ({ ...relocated(place, machine, pack), file: { client, known, owner } }))
}

function shared(
  client: KnownClient,
  known: KnownFile,
  { home, os, systemRoot }: Machine,
): readonly KnownPlace[] {
  if (systemRoot === null) return []
  const owner = { kind: "home", path: home } as const
  const places = known.system?.[os] ?? []
  return places.map((place) => ({
    root: systemRoot,
    names: place.split("/"),
    file: { client, known, owner },
  }))
}
