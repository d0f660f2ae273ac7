// A workload that is an agent by a trust rule: what its platform gives it stands in place of a key of its own.
import { federatedCredentials, TokenSource, type WorkloadSource } from "@tabard/client"

const [how = "github-actions", where = ""] = process.argv.slice(2)
const { TABARD_ISSUER: issuer = "", TABARD_RESOURCE: resource = "" } = process.env

try {
  const credentials = await federatedCredentials({ issuer, resource, source: sourceOf(how, where) })
  // `boundFetch(credentials)` of the same package takes these in place of an enrolled install's.
  const { expiresAt } = await new TokenSource(credentials).token()
  console.log(`I may act until ${expiresAt.toISOString()}.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : "it went wrong")
  process.exitCode = 1
}

function sourceOf(kind: string, place: string): WorkloadSource {
  if (kind === "file") return { kind, path: place }
  if (kind === "env") return { kind, name: place }
  return { kind: "github-actions" }
}
