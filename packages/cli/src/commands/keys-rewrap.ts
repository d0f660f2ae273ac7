import type { Surroundings } from "../surroundings.ts"
import { parseAgents } from "./agents-arguments.ts"
import { askApi } from "./ask-api.ts"
import { plainJson } from "./plain-json.ts"
import { serverAccess } from "./server-access.ts"

const USAGE = `usage: tabard keys rewrap [--server URL] [--token-file FILE] [--json]

Seals the server's own keys under its present key-encryption key, one by one, while it runs. Stopped anywhere, it goes on
where it was when it is asked again. Afterwards the key-encryption key before is needed by nobody but old backups
(docs/operations.md). Asked as the administrator who ran tabard login, at the server that they signed in at, or by an API
token with keys:write in TABARD_TOKEN or FILE (0600) at --server.`

/** `tabard keys rewrap`: every key of the server's under its present key-encryption key. */
export async function keysRewrap(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { stdout } = surroundings
  const options = parseAgents(args, { usage: USAGE, ids: 0, acts: false })
  if (!options) {
    stdout.write(`${USAGE}\n`)
    return 0
  }
  const { server, token } = await serverAccess(surroundings, options)
  const done = await askApi({ server, token, path: "/keys/rewrapping", body: {} })
  const many = Number(done["rewrapped"])
  const keys = many === 1 ? "1 key was" : `${many} keys were`
  stdout.write(
    options.json ? `${plainJson(done)}\n` : `${keys} sealed anew; all lie under the present key.\n`,
  )
  return 0
}
