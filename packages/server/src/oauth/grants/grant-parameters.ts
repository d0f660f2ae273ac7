import { errors } from "../oidc-provider.ts"
import type { GrantParameters } from "./grant.ts"

/** Reads parameters by name from values that may be missing, empty or several (RFC 6749 §3.2: an empty one is none). */
export function grantParameters(values: (name: string) => unknown): GrantParameters {
  const all = (name: string): readonly string[] =>
    [values(name)].flat().filter((value): value is string => typeof value === "string" && value !== "")
  return {
    all,
    one: (name) => {
      const [value, ...others] = all(name)
      if (others.length > 0) throw new errors.InvalidRequest(`'${name}' must not be there twice`)
      return value
    },
  }
}
