import { EFFECT_CLASSES, type EffectClass } from "@tabard/core"
import { errors } from "../oidc-provider.ts"

/** What a client may say beside effect classes, and nothing follows from: it gets what it means by it anyway. */
const PASSED_OVER: readonly string[] = ["offline_access"]

/**
 * Answers the effect classes that a scope names; every one where it names none (RFC 6749 §3.3), since the agent's own
 * intent bounds it then. A scope of which we know nothing is refused: it meant something less than everything.
 */
export function askedScope(scope: unknown): readonly EffectClass[] {
  const named = typeof scope === "string" ? scope.split(" ").filter((word) => word !== "") : []
  const known = EFFECT_CLASSES.filter((effect) => named.includes(effect))
  if (known.length > 0) return known
  if (named.every((word) => PASSED_OVER.includes(word))) return EFFECT_CLASSES
  throw new errors.InvalidScope(`scopes here are ${EFFECT_CLASSES.join(" ")}`, named.join(" "))
}
