import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { systemClock } from "@tabard/core"
import { GATEWAY_SETTINGS, type RunningServer, readConfig, startServer } from "@tabard/server"
import { type LargeOrganisation, makeLargeOrganisation } from "./large-organisation.ts"

/** Where the large organisation is kept, and how large it is. */
export interface LargePlace {
  readonly folder: string
  readonly agents: number
  /** A PostgreSQL database, or nothing for SQLite in the folder. */
  readonly store: string
}

/** A Tabard over a large organisation, and whom and what of it to ask for. */
export interface LargeTabard {
  readonly server: RunningServer
  readonly made: LargeOrganisation
}

/** Starts a Tabard over a large organisation, which it makes where the folder holds none yet. */
export async function openLargeTabard({ folder, agents, store }: LargePlace): Promise<LargeTabard> {
  await mkdir(folder, { recursive: true })
  const config = readConfig(
    {
      port: 0,
      host: "127.0.0.1",
      data: folder,
      production: false,
      // Without the publisher: a million events that were made in minutes would be brought into the log while others are timed.
      roles: ["control", "issuer", "gateway"],
      scan: { kind: "none" },
      tls: null,
      publicUrl: null,
      proxies: [],
      oracle: false,
    },
    store ? { TABARD_STORE: store } : {},
    folder,
  )
  const server = await startServer(config, {
    clock: systemClock,
    onFault: (error) => void process.stderr.write(`${String(error)}\n`),
    gateway: GATEWAY_SETTINGS,
  })
  const { shelf, organisation } = server.organisation
  // The note says what was made: it stands there once everything is.
  const note = join(folder, `large-organisation-${agents}.json`)
  if (!existsSync(note)) {
    const made = await makeLargeOrganisation(
      { shelf, organisation, size: { agents } },
      (words) => void process.stderr.write(`  ${agents} agents: ${words}\n`),
    )
    writeFileSync(note, JSON.stringify(made))
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written above, by this program
  return { server, made: JSON.parse(readFileSync(note, "utf8")) as LargeOrganisation }
}
