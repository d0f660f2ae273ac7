// The second of two processes that serve one organisation from PostgreSQL.
import { runTabard } from "../../test/world/running-tabard.ts"
import { serveUntilLetGo } from "./child.ts"

/** What the parent is told. */
export interface ReplicaReady {
  /** Where this one listens. */
  readonly address: string
}

const [store = "", kek = "", publicUrl = ""] = process.argv.slice(2)
const roles = ["control", "issuer", "gateway"] as const
await using tabard = await runTabard({ store, env: { TABARD_KEK_FILE: kek }, publicUrl, roles })
await serveUntilLetGo({ address: tabard.server.address } satisfies ReplicaReady)
