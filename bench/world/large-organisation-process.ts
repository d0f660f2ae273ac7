// A Tabard of its own process over a large organisation, which it makes where the folder holds none yet.
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { systemClock } from "@tabard/core"
import { GATEWAY_SETTINGS, readConfig, startServer } from "@tabard/server"
import { newSession } from "../../test/world/people.ts"
import { serveUntilLetGo } from "./child.ts"
import { type LargeOrganisation, makeLargeOrganisation } from "./large-organisation.ts"

/** What the parent is told. */
export interface LargeTabardReady extends LargeOrganisation {
  readonly publicUrl: string
  /** The cookies of an administrator and of a member who owns twenty agents. */
  readonly cookies: { readonly administrator: string; readonly member: string }
}

const [folder = "", agents = "1000", store = ""] = process.argv.slice(2)
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
await using server = await startServer(config, {
  clock: systemClock,
  onFault: (error) => void process.stderr.write(`${String(error)}\n`),
  gateway: GATEWAY_SETTINGS,
})
const { shelf, organisation } = server.organisation

/** Says what was made: it stands there once everything is. */
const note = join(folder, `large-organisation-${agents}.json`)
if (!existsSync(note)) {
  const made = await makeLargeOrganisation(
    { shelf, organisation, size: { agents: Number(agents) } },
    (words) => void process.stderr.write(`  ${agents} agents: ${words}\n`),
  )
  writeFileSync(note, JSON.stringify(made))
}
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written above, by this program
const made = JSON.parse(readFileSync(note, "utf8")) as LargeOrganisation
await serveUntilLetGo({
  ...made,
  publicUrl: server.publicUrl,
  cookies: {
    administrator: await newSession(server, { id: made.administrator }),
    member: await newSession(server, { id: made.member }),
  },
} satisfies LargeTabardReady)
