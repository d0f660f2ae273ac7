// AuthZEN Obligations Profile, draft 1: what a policy demands of whoever enforces its decision.
import { isJsonObject, type Json, type JsonObject, MalformedJson, parseLossless } from "@tabard/core"
import { PolicyInvalid } from "../policy-invalid.ts"

/** The kinds of obligations that the profile registers (§4). */
export const OBLIGATION_TYPES = ["step-up", "notification", "session_termination", "custom"] as const

/** One kind of obligation. */
export type ObligationType = (typeof OBLIGATION_TYPES)[number]

/** What has to be done by whoever enforces a decision. */
export interface Obligation {
  readonly id: string
  readonly type: ObligationType
  readonly properties: JsonObject
}

/** What the properties of each kind have to hold, as text. */
const DEMANDED: Readonly<Record<ObligationType, readonly string[]>> = {
  "step-up": ["acr_value"],
  notification: ["to", "body"],
  session_termination: ["subject"],
  custom: [],
}

const MOST = 10

/**
 * Reads the annotation @obligation of a policy: the JSON of one obligation, or of a list of them, each with type and
 * properties. Their ids are the policy's, numbered.
 *
 * @throws {PolicyInvalid}
 */
export function readObligations(
  policy: string,
  annotation: string | undefined | null,
): readonly Obligation[] {
  if (annotation === undefined || annotation === null) return []
  const said = jsonOf(policy, annotation)
  const all: readonly Json[] = Array.isArray(said) ? said : [said]
  if (all.length === 0 || all.length > MOST)
    throw new PolicyInvalid(policy, `@obligation names between one obligation and ${MOST}`)
  return all.map((one, n) => obligationOf(policy, one, n + 1))
}

function jsonOf(policy: string, annotation: string): Json {
  try {
    return parseLossless(annotation)
  } catch (error) {
    if (!(error instanceof MalformedJson)) throw error
    throw new PolicyInvalid(policy, `@obligation has to be JSON: ${error.message}`)
  }
}

function obligationOf(policy: string, said: Json, number: number): Obligation {
  if (!isJsonObject(said)) throw new PolicyInvalid(policy, "@obligation has to be an object of JSON")
  const { type: named, properties = {} } = said
  const type = OBLIGATION_TYPES.find((known) => known === named)
  if (!type) {
    const known = OBLIGATION_TYPES.join(", ")
    throw new PolicyInvalid(policy, `the type of an @obligation is one of ${known}`)
  }
  if (!isJsonObject(properties))
    throw new PolicyInvalid(policy, "the properties of an @obligation are an object")
  const missing = DEMANDED[type].find((name) => typeof properties[name] !== "string")
  if (missing !== undefined)
    throw new PolicyInvalid(policy, `an obligation of the type ${type} says ${missing}, as text`)
  return { id: `${policy}/${number}`, type, properties }
}
