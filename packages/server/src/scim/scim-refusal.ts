import { Problem, type ProblemCode } from "@tabard/core"
import { PROBLEM_STATUS } from "../http/problem-response.ts"

/** Why a request is refused, in the words of RFC 7644 §3.12. */
export type ScimType =
  | "invalidFilter"
  | "invalidPath"
  | "invalidSyntax"
  | "invalidValue"
  | "mutability"
  | "noTarget"
  | "tooMany"
  | "uniqueness"

/** A refusal in the words of SCIM; what a use case refuses is a Problem, and is said in them by `refusalOf`. */
export class ScimRefusal extends Error {
  override readonly name = "ScimRefusal"
  readonly status: number
  readonly scimType: ScimType | undefined

  constructor(status: number, scimType: ScimType | undefined, message: string, options?: ErrorOptions) {
    super(message, options)
    this.status = status
    this.scimType = scimType
  }
}

/** What SCIM calls the refusals that have a name there. */
const TYPES: Readonly<Partial<Record<ProblemCode, readonly [status: number, type: ScimType]>>> = {
  body_invalid: [400, "invalidValue"],
  manager_invalid: [400, "invalidValue"],
  person_exists: [409, "uniqueness"],
  team_exists: [409, "uniqueness"],
}

/** Answers how an error is said over SCIM; what is neither of ours nor a refusal says nothing. */
export function refusalOf(error: unknown): ScimRefusal {
  if (error instanceof ScimRefusal) return error
  if (!(error instanceof Problem))
    return new ScimRefusal(500, undefined, "Something went wrong here; the operator's log says what.")
  const [status, type] = TYPES[error.code] ?? [PROBLEM_STATUS[error.code], undefined]
  return new ScimRefusal(status, type, error.message, { cause: error })
}
