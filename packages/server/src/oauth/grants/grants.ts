import { ciba } from "../people/ciba.ts"
import { deviceCode } from "../people/device-code.ts"
import { authorizationCode, refreshToken } from "../people/person-grants.ts"
import { clientCredentials } from "./client-credentials.ts"
import type { Grant, LibraryGrant, OwnGrant } from "./grant.ts"
import { jwtBearer } from "./jwt-bearer.ts"
import { tokenExchange } from "./token-exchange.ts"

/** Every grant there is. What is not here is refused, and not in the metadata. */
export const GRANTS: readonly Grant[] = [
  clientCredentials,
  authorizationCode,
  refreshToken,
  jwtBearer,
  tokenExchange,
  deviceCode,
  ciba,
]

/** Answers the grant of this type if the library answers it itself. */
export function libraryGrant(grants: readonly Grant[], type: unknown): LibraryGrant | undefined {
  return grants.filter((grant) => grant.kind === "library").find((grant) => grant.type === type)
}

/** Answers the grants that the library does not know. */
export function ownGrants(grants: readonly Grant[]): readonly OwnGrant[] {
  return grants.filter((grant) => grant.kind === "own")
}
