import type { JsonObject } from "@tabard/core"

/** What a token of an outside issuer says, before anything of it is believed. */
export interface WorkloadToken {
  readonly header: JsonObject
  readonly claims: JsonObject
}

/** Which check a token failed; a code keeps its meaning. */
export type WorkloadFaultCode =
  | "malformed"
  | "header"
  | "algorithm"
  | "keys_unavailable"
  | "key"
  | "signature"
  | "issuer"
  | "audience"
  | "subject"
  | "expired"
  | "not_yet"
  | "life"
  | "shape"
  | "condition"
  | "replayed"

/** Why a rule does not take a token, in words for whoever set the workload or the rule up. */
export interface WorkloadFault {
  readonly code: WorkloadFaultCode
  readonly said: string
}
