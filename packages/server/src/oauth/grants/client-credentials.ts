/** An enrolled instance for itself: https://www.rfc-editor.org/rfc/rfc6749#section-4.4 */
import { isId } from "@tabard/core"
import { askedDetails } from "../asked-details.ts"
import { askedEffects } from "../asked-effects.ts"
import { provenEnrolledKey } from "../instance-client.ts"
import { errors } from "../oidc-provider.ts"
import type { LibraryGrant } from "./grant.ts"

/**
 * The proof's key has to be the enrolled one: a stolen assertion is then worth nothing without the key, `cnf` names a
 * key that a person agreed to, and revoking the instance ends every token that it ever got.
 */
export const clientCredentials: LibraryGrant = {
  kind: "library",
  type: "client_credentials",
  forInstances: true,
  asked: (ctx, token) => {
    const { client } = ctx.oidc
    if (!client || !isId("instance", client.clientId))
      throw new errors.InvalidClientAuth("no enrolled instance")
    const jkt = provenEnrolledKey(client, token.jkt)
    if (token.jkt !== undefined && !jkt) {
      throw new errors.InvalidDpopProof("the proof has to be made with the key that was enrolled")
    }
    return {
      instance: client.clientId,
      ...askedDetails(ctx),
      scope: askedEffects(ctx.oidc.params?.["scope"]),
      audience: String(token.aud),
      jkt,
      grant: "client_credentials",
    }
  },
}
