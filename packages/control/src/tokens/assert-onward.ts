import { type Instance, Problem } from "@tabard/core"
import type { JudgedRequest } from "./bounds-of-request.ts"
import type { AgentPrincipal } from "./check-token.ts"

/**
 * Refuses to make of a token a word about its person that another server may act on: where it is not the asking
 * client's own, serves nobody who signed in, may not reach beyond this organisation, or is bounded by what no other
 * server would hold it to.
 *
 * @throws {Problem} delegation_refused, bounds_widened, scope_widened
 */
export function assertOnward({ token }: AgentPrincipal, instance: Pick<Instance, "id">): void {
  if (token.instance !== instance.id || token.actors.length > 0)
    throw new Problem("delegation_refused", "a token is taken onward by the client that it was issued to")
  if (!token.served)
    throw new Problem(
      "delegation_refused",
      "this token serves no person who signed in: it says who acts, and nothing else",
    )
  if (token.task !== null || token.callsLeft !== null)
    throw new Problem("bounds_widened", "a token for one task, or for a count of calls, is good here alone")
  if (token.scope && !token.scope.includes("egress"))
    throw new Problem(
      "scope_widened",
      "the scope of this token has no egress: its person did not let it reach others",
    )
}

/**
 * Refuses to issue for another system what counts from some networks or at some hours alone, by whatever settles that:
 * no other system would hold its holder to it.
 *
 * @throws {Problem} bounds_widened
 */
export function assertCountsAnywhere({ conditions }: Pick<JudgedRequest, "conditions">): void {
  if (conditions.length > 0)
    throw new Problem(
      "bounds_widened",
      "what counts from some networks or at some hours alone is good here alone: it is issued for no other system",
    )
}
