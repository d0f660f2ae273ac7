// One of two processes that serve one organisation from PostgreSQL; the first of them has an agent with an enrolled key.
import type { Credentials } from "@tabard/client"
import { runTabard, signInFirst } from "../../test/world/running-tabard.ts"
import { activeAgent } from "../../test/world/signal-world.ts"
import { serveUntilLetGo } from "./child.ts"

/** What the parent is told. */
export interface ReplicaReady {
  /** The address that people and agents use, of both. */
  readonly publicUrl: string
  /** Where this one listens. */
  readonly address: string
  /** The agent's; null of the second process. */
  readonly credentials: Credentials | null
}

const [store = "", kek = "", port = "0", publicUrl = ""] = process.argv.slice(2)
const common = { store, env: { TABARD_KEK_FILE: kek } }
await using tabard = publicUrl
  ? await runTabard({ ...common, publicUrl, roles: ["control", "issuer", "gateway"] })
  : await runTabard({ ...common, port: Number(port) })
const { server } = tabard
const credentials = publicUrl
  ? null
  : (await activeAgent(server, (await signInFirst(server, "Ann")).api)).credentials
await serveUntilLetGo({
  publicUrl: server.publicUrl,
  address: server.address,
  credentials,
} satisfies ReplicaReady)
