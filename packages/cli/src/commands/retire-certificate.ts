import { parseArgs } from "node:util"
import { Problem } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { apiToken } from "./api-token.ts"
import { askApi } from "./ask-api.ts"
import { readArguments } from "./audit-arguments.ts"
import { CERTIFICATE_FILE } from "./check-certificate.ts"
import { plainJson } from "./plain-json.ts"

const USAGE = `usage: tabard retire certificate AGENT --server URL [--token-file FILE] > FILE

Writes the certificate of a retired agent: the entry of the log that it is, and the proof that it stands there. It verifies
offline, years later too: tabard retire verify FILE --vkey KEY. The API token (scopes agents:read, record:read) is read from
TABARD_TOKEN, or from FILE (0600).`

const OPTIONS = {
  server: { type: "string" },
  "token-file": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const

/** `tabard retire certificate`: what proves that an agent ended, as one file. */
export async function retireCertificate(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const asked = readArguments(USAGE, () => {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (values.help) return undefined
    const [agent, ...rest] = positionals
    if (agent === undefined || rest.length > 0) throw new UsageError("name one agent by its id (agt_…)")
    if (values.server === undefined) throw new UsageError("--server is needed")
    return { agent, server: values.server, tokenFile: values["token-file"] }
  })
  if (!asked) {
    surroundings.stdout.write(`${USAGE}\n`)
    return 0
  }
  const token = await apiToken(surroundings, asked.tokenFile, asked.server)
  const { server } = asked
  const path = `/agents/${encodeURIComponent(asked.agent)}/retirement`
  const { certificate } = await askApi({ server, token, path })
  if (typeof certificate !== "string")
    throw new Problem("body_invalid", "the agent is not retired: it has no certificate yet")
  const event = `/events/${encodeURIComponent(certificate)}/proof`
  const { entry, proof, verifierKey } = await askApi({ server, token, path: event })
  if (typeof entry !== "string" || typeof proof !== "string" || typeof verifierKey !== "string")
    throw new Problem("body_invalid", "no signed checkpoint covers it yet; ask again in a few seconds")
  surroundings.stdout.write(`${plainJson({ schema: CERTIFICATE_FILE, entry, proof, verifierKey })}\n`)
  return 0
}
