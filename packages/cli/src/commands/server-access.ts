import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { apiToken } from "./api-token.ts"
import { type KeptSession, keptSession } from "./kept-session.ts"

/**
 * Answers which server to ask, and what with: the one that is named, else the one that `tabard login` signed in at, for
 * whoever asks by that session. An API token goes to a server that is named with it, and to no other.
 *
 * @throws {UsageError} where no server is meant; Problem where there is nothing to ask with
 */
export async function serverAccess(
  surroundings: Pick<Surroundings, "env" | "cwd" | "home">,
  { server, tokenFile }: { readonly server: string | undefined; readonly tokenFile: string | undefined },
): Promise<KeptSession> {
  if (server !== undefined) return { server, token: await apiToken(surroundings, tokenFile, server) }
  const asPerson = tokenFile === undefined && !surroundings.env["TABARD_TOKEN"]
  const kept = asPerson ? await keptSession(surroundings) : undefined
  if (!kept)
    throw new UsageError(
      "--server is needed; tabard login --server URL signs in at one, and is asked from then on",
    )
  return kept
}
