import { type RecordContext, revokeIssued, type Shelf } from "@tabard/control"
import { modelAdapter } from "../model-adapter.ts"
import { clientGrantOf } from "./library-grant.ts"

/** What ending a sign-in needs. */
export interface EndSignInDeps extends RecordContext {
  readonly shelf: Pick<Shelf, "snapshot" | "transact">
}

/** Why a sign-in ends whose code or refresh token came a second time. */
export const USED_TWICE = "what it was issued for was used twice"

/**
 * Ends a client's sign-in: its refresh token, whichever followed it, and every access token that the client has of its
 * person's agent (RFC 7009 §2.1, RFC 9700 §4.14.2). What the person let the client do stays: it may ask them again.
 */
export async function endSignIn(
  { shelf, ...deps }: EndSignInDeps,
  grantId: string,
  why: string,
): Promise<void> {
  await shelf.transact(async (tx) => {
    // All of it or nothing: with the refresh token gone nobody could end the rest.
    const here: Shelf = { transact: (work) => work(tx), snapshot: (work) => work(tx) }
    const grants = modelAdapter({ ...deps, shelf: here }, "Grant")
    await grants.revokeByGrantId(grantId)
    await grants.destroy(grantId)
    const grant = clientGrantOf(grantId)
    if (grant) await revokeIssued({ ...deps, transact: here.transact, door: "issuer" }, grant, why)
  })
}
