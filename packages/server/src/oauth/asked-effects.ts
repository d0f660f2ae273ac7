/** The scope of a token: https://www.rfc-editor.org/rfc/rfc6749#section-3.3 */
import { EFFECT_CLASSES, type EffectClass } from "@tabard/core"
import { errors } from "./oidc-provider.ts"

/** Every value of scope there is: the effect classes. */
export const SCOPES_SUPPORTED: readonly string[] = EFFECT_CLASSES

/** Answers the effect classes that a scope names, in our order and each once; null where none is asked for. */
export function askedEffects(scope: unknown): readonly EffectClass[] | null {
  if (typeof scope !== "string" || scope === "") return null
  const asked = new Set(scope.split(" "))
  const known = EFFECT_CLASSES.filter((effect) => asked.has(effect))
  if (known.length === asked.size) return known
  const unknown = [...asked].find((value) => !SCOPES_SUPPORTED.includes(value)) ?? ""
  throw new errors.InvalidScope(`the values are ${SCOPES_SUPPORTED.join(" ")}`, unknown)
}
