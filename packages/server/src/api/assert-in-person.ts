import { Problem } from "@tabard/core"
import type { RequestContext } from "./handler.ts"

/**
 * Lets through a person at their browser. Whoever lets another program in has to look at who asks: an API token and a
 * command line's session can be used by whatever runs beside them, and would let themselves in further.
 *
 * @throws {Problem} not_allowed
 */
export function assertInPerson({ inPerson }: Pick<RequestContext, "inPerson">): void {
  if (inPerson) return
  throw new Problem("not_allowed", "a person does that in their browser, signed in to the console")
}
