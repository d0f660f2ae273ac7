import type { Operation } from "@tabard/api"
import { Problem, type User } from "@tabard/core"

/**
 * Lets through whom the table of operations lets ask for this.
 *
 * @throws {Problem} session_required, not_allowed
 */
export function assertMay(
  { access }: Pick<Operation<never, unknown>, "access">,
  user: User | undefined,
): void {
  if (access === "public") return
  if (!user)
    throw new Problem("session_required", "sign in first, or send an API token as Authorization: Bearer")
  if (access !== "signed-in" && !access.includes(user.role)) {
    throw new Problem("not_allowed", `this is for ${access.join(", ")}; ask one of them`)
  }
}
