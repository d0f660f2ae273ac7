import { Problem } from "@tabard/core"
import type { RequestContext } from "./handler.ts"

/**
 * Lets through a person at their browser. Whoever lets another program or person in, or says who may come in as whom and
 * as what, has to look at it: an API token and a command line's session can be used by whatever runs beside them, and
 * would let themselves in further.
 *
 * @throws {Problem} not_allowed
 */
export function assertInPerson({ inPerson }: Pick<RequestContext, "inPerson">): void {
  if (inPerson) return
  throw new Problem("not_allowed", "a person does that in their browser, signed in to the console")
}
