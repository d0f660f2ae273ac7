import { z } from "zod"
import { administrators, readers } from "./access-groups.ts"
import { Nothing } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, put } from "./operation-makers.ts"
import { RetentionView } from "./views/retention.ts"

/** For how long the record is to be kept, and why. */
export interface RetentionInput {
  /** Null keeps all of it for ever. */
  readonly months: number | null
  readonly reason: string
  /** Says that less than six months are meant. */
  readonly acknowledgeShort?: boolean | undefined
}

export const RetentionInput: z.ZodType<RetentionInput> = z.strictObject({
  months: z.int().min(1).max(1200).nullable(),
  reason: z.string().trim().min(1).max(1000),
  acknowledgeShort: z.boolean().optional(),
})

/** After how long entries may leave the record. */
export interface RetentionOperations {
  readonly getRetention: Operation<Nothing, RetentionView>
  readonly putRetention: Operation<RetentionInput, RetentionView>
}

export const RETENTION_OPERATIONS: RetentionOperations = {
  getRetention: get(
    "/log/retention",
    readers,
    "After how many months entries may leave the record, and how far each log was pruned",
    Nothing,
    RetentionView,
  ),
  putRetention: put(
    "/log/retention",
    administrators,
    "Settles after how many months entries leave the record; null keeps all of it",
    RetentionInput,
    RetentionView,
  ),
}
