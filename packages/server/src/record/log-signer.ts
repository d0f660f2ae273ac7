import { randomBytes } from "node:crypto"
import { LeaseLost, type LogGeneration, type NextLog } from "@tabard/control"
import { formatVerifierKey, type NoteSigner } from "@tabard/log"
import { ed25519Signer } from "@tabard/log/node"
import { type NewKey, sealKey, vaultKey } from "../keys/key-vault.ts"
import type { OpenOrganisationDeps } from "../organisation/organisation-deps.ts"
import { logOrigin } from "./log-origin.ts"

/** What opening a log's key needs. */
export type LogSignerDeps = Pick<OpenOrganisationDeps, "organisation" | "shelf" | "clock" | "encryption">

/** Opens the newest log's key, and keeps the first log with its key where there is none yet. */
export async function openLogSigner(deps: LogSignerDeps): Promise<{
  readonly signer: NoteSigner
  readonly log: LogGeneration
}> {
  const { organisation, shelf, clock } = deps
  const seed = await vaultKey({ ...deps, transact: shelf.transact }, "log-signing", () =>
    freshKey(logOrigin(organisation, 1)),
  )
  const origin = logOrigin(organisation, 1)
  const verifierKey = formatVerifierKey(ed25519Signer(origin, seed).key)
  const first = { number: 1, origin, base: 0, verifierKey, startedAt: clock.now(), ended: null }
  const log = await shelf.transact(async ({ logs }) => (await logs.list())[0] ?? logs.ensureFirst(first))
  const signer = ed25519Signer(log.origin, seed)
  // Another process may have let a new log follow between the two readings.
  if (formatVerifierKey(signer.key) !== log.verifierKey) throw new LeaseLost("another log has followed")
  return { signer, log }
}

/** Makes the key of the log with this number, and seals it. */
export function nextLog(deps: LogSignerDeps, number: number): NextLog {
  const origin = logOrigin(deps.organisation, number)
  const fresh = freshKey(origin)
  return { number, signer: ed25519Signer(origin, fresh.secret), key: sealKey(deps, "log-signing", fresh) }
}

function freshKey(origin: string): NewKey {
  const secret = randomBytes(32)
  return { secret, publicHalf: formatVerifierKey(ed25519Signer(origin, secret).key) }
}
