import { revokeIssued, type Shelf } from "@tabard/control"
import type { IssuerSettings } from "../issuer-settings.ts"
import { modelAdapter } from "../model-adapter.ts"
import { clientGrantOf } from "../people/issued-adapter.ts"

/** Whose a refresh token is, and which sign-in it goes on with. */
export interface RefreshTokenOf {
  readonly clientId: string
  readonly grantId: string
}

/** Answers whose refresh token this is; undefined where it is none, or over. */
export async function findRefreshToken(
  settings: Pick<IssuerSettings, "shelf" | "clock">,
  token: string,
): Promise<RefreshTokenOf | undefined> {
  const kept = await modelAdapter(settings, "RefreshToken").find(token)
  const { clientId, grantId } = kept ?? {}
  return clientId !== undefined && grantId !== undefined ? { clientId, grantId } : undefined
}

/**
 * Ends what a refresh token goes on with: it, whichever followed it, and every access token that the client has of its
 * person's agent (RFC 7009 §2.1). What the person let the client do stays: it may ask them again.
 */
export async function endSignIn(settings: IssuerSettings, grantId: string): Promise<void> {
  await settings.shelf.transact(async (tx) => {
    // All of it or nothing: with the refresh token gone nobody could end the rest.
    const here: Shelf = { transact: (work) => work(tx), snapshot: (work) => work(tx) }
    const grants = modelAdapter({ ...settings, shelf: here }, "Grant")
    await grants.revokeByGrantId(grantId)
    await grants.destroy(grantId)
    const grant = clientGrantOf(grantId)
    const deps = { ...settings, transact: here.transact, door: "issuer" } as const
    if (grant) await revokeIssued(deps, grant, "its client gave back its refresh token")
  })
}
