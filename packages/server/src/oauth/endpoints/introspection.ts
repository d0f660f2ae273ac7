/** Token introspection: https://www.rfc-editor.org/rfc/rfc7662 */
import { errors } from "../oidc-provider.ts"
import type { ClientEndpoint } from "./client-endpoint.ts"
import { INACTIVE, introspect } from "./introspect.ts"
import { introspectForMachine } from "./introspect-for-machine.ts"

/** A client learns how its own tokens stand, and nothing of others'. */
export const introspection: ClientEndpoint = {
  path: "/introspection",
  type: "urn:tabard:endpoint:introspection",
  parameters: ["token", "token_type_hint"],
  forMachines: introspectForMachine,
  answer: async ({ parameters, client }, settings) => {
    const token = parameters.one("token")
    if (!token) throw new errors.InvalidRequest("missing required parameter 'token'")
    const stands = await introspect(settings, token)
    return stands["client_id"] === client.id ? stands : INACTIVE
  },
}
