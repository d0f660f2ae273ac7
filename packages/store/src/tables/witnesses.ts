import type { WitnessTrouble } from "@tabard/control"
import type { Id } from "@tabard/core"
import type { Owned } from "./registry.ts"

export interface LogPolicyRow extends Owned {
  text: string
  put_by: Id<"user">
  put_at: number
}

export interface LogWitnessRow extends Owned {
  generation: number
  verifier_key: string
  size: number
  cosigned_at: number | null
  trouble: WitnessTrouble | null
  said: string | null
  failures: number
  due: number | null
}
