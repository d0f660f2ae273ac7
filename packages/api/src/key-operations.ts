import { z } from "zod"
import { administrators } from "./access-groups.ts"
import { Nothing } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { post } from "./operation-makers.ts"

/** What came of sealing the server's keys anew. */
export interface RewrappedView {
  /** The name of the key-encryption key that everything is sealed under now; it tells nothing of the key. */
  readonly under: string
  readonly rewrapped: number
}

export const RewrappedView: z.ZodType<RewrappedView> = z.object({ under: z.string(), rewrapped: z.number() })

/** What is done with the server's own keys. */
export interface KeyOperations {
  readonly rewrapKeys: Operation<Nothing, RewrappedView>
}

export const KEY_OPERATIONS: KeyOperations = {
  rewrapKeys: post(
    "/keys/rewrapping",
    administrators,
    "Seals the server's keys under its present key-encryption key, one by one",
    Nothing,
    RewrappedView,
  ),
}
