import { z } from "zod"
import { administrators, readers } from "./access-groups.ts"
import { Nothing } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { list, post } from "./operation-makers.ts"
import { type Page, Paged, type PageQuery } from "./paging.ts"
import { LogGenerationView } from "./views/log-generation.ts"

/** A wish for a new log. */
export interface LogRotationInput {
  readonly reason: string
  /** Whether the old log is left as it was found where it tells another history than the database. */
  readonly abandon?: boolean | undefined
}

const LogRotationInput: z.ZodType<LogRotationInput> = z.strictObject({
  reason: z.string().trim().min(1).max(1_000),
  abandon: z.boolean().optional(),
})

/** The logs of the record, which follow each other. */
export interface LogOperations {
  readonly listLogs: Operation<PageQuery, Page<LogGenerationView>>
  readonly rotateLog: Operation<LogRotationInput, Nothing>
}

export const LOG_OPERATIONS: LogOperations = {
  listLogs: list(
    "/log/generations",
    readers,
    "The logs of the record, newest first",
    Paged,
    LogGenerationView,
  ),
  rotateLog: post(
    "/log/rotations",
    administrators,
    "Asks for a new log with a new key; it begins within seconds with the last checkpoint of the old one",
    LogRotationInput,
    Nothing,
  ),
}
