import type { Clock } from "@tabard/core"
import type { TargetRules } from "../../notifications/guard-address.ts"

/** What carriers need of the process that they run in. */
export interface CarrierDeps {
  readonly clock: Clock
  /** Where receivers may be. */
  readonly rules: TargetRules
  /** The folder under which files are exported. */
  readonly exportFolder: string
  /** Under which host's name the record is carried: the organisation's trust domain. */
  readonly host: string
  /** The program's version, as receivers are told it. */
  readonly version: string
  /** How long a receiver has to take a portion; half a minute where it is left out. */
  readonly timeMs?: number
}
