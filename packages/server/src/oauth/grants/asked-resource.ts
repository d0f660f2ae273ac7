/** Resource indicators: https://www.rfc-editor.org/rfc/rfc8707#section-2 */
import type { IssuerSettings } from "../issuer-settings.ts"
import { errors } from "../oidc-provider.ts"
import { isServedResource } from "../served-resource.ts"
import type { GrantParameters } from "./grant.ts"

/** Answers the one resource that a request for a token names, and that tokens are issued for. */
export async function askedResource(
  parameters: GrantParameters,
  { shelf, resource }: Pick<IssuerSettings, "shelf" | "resource">,
): Promise<string> {
  const [asked, ...others] = parameters.all("resource")
  if (asked === undefined) throw new errors.InvalidTarget(`the request has to name its resource, ${resource}`)
  const isServed =
    others.length === 0 && (await isServedResource({ snapshot: shelf.snapshot, resource }, asked))
  if (!isServed) throw new errors.InvalidTarget(`the request has to name one resource, such as ${resource}`)
  return asked
}
