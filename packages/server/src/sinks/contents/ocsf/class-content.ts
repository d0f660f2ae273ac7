import type { JsonObject } from "@tabard/core"
import type { ClassUid } from "./ocsf-classes.ts"

/** An event as its class has it, before what all classes share is put around it. */
export interface ClassContent {
  readonly classUid: ClassUid
  readonly activity: number
  /** 1 informational to 5 critical; what everyday news has is 1. */
  readonly severity?: number
  /** What the class asks for and what it can say besides. */
  readonly members: JsonObject
}
