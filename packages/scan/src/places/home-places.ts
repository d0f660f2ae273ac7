import { join } from "node:path"
import type { KnowledgePack, OperatingSystem } from "../knowledge/knowledge-pack.ts"
import type { RecognisedFile } from "./recognise.ts"

/** Answers where clients keep their configurations in a home directory of this system, whether or not they are there. */
export function homeFiles(home: string, os: OperatingSystem, pack: KnowledgePack): readonly RecognisedFile[] {
  const owner = { kind: "home", path: home } as const
  return pack.clients.flatMap((client) =>
    client.files.flatMap((known) => {
      const places = known.home?.[os] ?? (known.elsewhere ? [] : [known.path])
      return places.map((place) => ({ path: join(home, ...place.split("/")), client, known, owner }))
    }),
  )
}
