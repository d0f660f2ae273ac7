/** Assertions as authorization grants: https://www.rfc-editor.org/rfc/rfc7523#section-2.1 */
import { readAssertion } from "../../federation/read-assertion.ts"
import { errors } from "../oidc-provider.ts"
import { answerIdentityAssertion, isIdentityAssertion } from "../people/id-jag.ts"
import type { GrantRequest, OwnGrant } from "./grant.ts"
import { invalidGrant } from "./invalid-grant.ts"
import { answerWorkload } from "./workload-assertion.ts"

/** A workload's own token from its platform, or the organisation's provider's word for a person. */
export const jwtBearer: OwnGrant = {
  kind: "own",
  type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
  forInstances: false,
  client: "optional",
  namesInstall: true,
  parameters: ["assertion"],
  answer: (request, settings) => {
    const assertion = requireAssertion(request)
    if (isIdentityAssertion(assertion)) return answerIdentityAssertion(request, assertion, settings)
    const install = request.parameters.one("client_id")
    return answerWorkload(request, { assertion, install, grant: "jwt-bearer" }, settings)
  },
}

function requireAssertion({ parameters }: GrantRequest): NonNullable<ReturnType<typeof readAssertion>> {
  const text = parameters.one("assertion")
  if (text === undefined) throw new errors.InvalidRequest("the request has to bring an assertion")
  const assertion = readAssertion(text)
  if (!assertion) throw invalidGrant("the assertion is no JWT that can be read in one way")
  return assertion
}
