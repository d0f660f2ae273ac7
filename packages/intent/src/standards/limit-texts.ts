import type { Texts } from "../manifest.ts"

/** Answers the texts that a limit names; null where they are kept elsewhere. */
export function listed(texts: Texts): readonly string[] | null {
  if (typeof texts === "string") return [texts]
  return "inSet" in texts ? null : texts
}
