import { parseArgs } from "node:util"
import { Problem } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { askApi } from "./ask-api.ts"
import { readArguments } from "./audit-arguments.ts"
import { CERTIFICATE_FILE } from "./check-certificate.ts"
import { plainJson } from "./plain-json.ts"
import { serverAccess } from "./server-access.ts"

const USAGE = `usage: tabard retire certificate AGENT [--server URL] [--token-file FILE] > FILE

Writes the certificate of a retired agent: the entry of the log that it is, and the proof that it stands there. It verifies
offline, years later too: tabard retire verify FILE --vkey KEY.
Asked as whoever ran tabard login, at the server that they signed in at, or by the API token in TABARD_TOKEN or FILE (0600) at
--server; its scopes are agents:read and record:read.`

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
    return { agent, server: values.server, tokenFile: values["token-file"] }
  })
  if (!asked) {
    surroundings.stdout.write(`${USAGE}\n`)
    return 0
  }
  const { server, token } = await serverAccess(surroundings, asked)
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
