import type { IssuerSettings } from "../issuer-settings.ts"
import { modelAdapter } from "../model-adapter.ts"

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
