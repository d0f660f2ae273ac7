import { type ClientGrant, Problem } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import { agentStanding } from "./agent-of-client.ts"

/** What the organisation's provider said for a person, in the place of the person's own yes. */
export interface ProvidersWord {
  readonly issuedAt: Date
}

/**
 * Lets through the provider's word for a client that nobody put out. A client that its person signed out comes in again by
 * a word given since then. Where somebody else ended what it may do, before that or after, its install was revoked or its
 * agent retired, no word of the provider's undoes that: the person has to agree to it again.
 *
 * @throws {Problem} client_grant_not_found
 */
export async function assertWelcome(
  tx: Pick<Transaction, "agents" | "instances">,
  grant: ClientGrant | undefined,
  { issuedAt }: ProvidersWord,
): Promise<void> {
  if (!grant?.agreedAt) return
  const stands = (await agentStanding(tx, grant)) !== undefined
  if (stands && grant.endedAt && grant.signedOut) return assertSince(grant.endedAt, issuedAt)
  if (stands && !grant.endedAt && (await isInstalled(tx, grant))) return
  throw notWelcome("what it may do was revoked; its person has to sign it in again in a browser")
}

function assertSince(signedOut: Date, issuedAt: Date): void {
  if (issuedAt > signedOut) return
  throw notWelcome("its person signed it out after the provider gave its word; it needs a newer one")
}

async function isInstalled(
  { instances }: Pick<Transaction, "instances">,
  { instance }: ClientGrant,
): Promise<boolean> {
  const found = instance ? await instances.find(instance) : undefined
  return found !== undefined && found.revokedAt === null
}

function notWelcome(why: string): Problem {
  return new Problem("client_grant_not_found", `this client is not signed in any more: ${why}`)
}
