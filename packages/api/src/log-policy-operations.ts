import { z } from "zod"
import { administrators, readers } from "./access-groups.ts"
import { Nothing } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, put } from "./operation-makers.ts"
import { LogPolicyView } from "./views/log-policy.ts"

/** Who is to witness the log, and how many of them it takes: lines of C2SP tlog-policy. */
export interface LogPolicyInput {
  readonly text: string
}
export const LogPolicyInput: z.ZodType<LogPolicyInput> = z.strictObject({ text: z.string().max(10_000) })

/** Who witnesses the log. */
export interface LogPolicyOperations {
  readonly getLogPolicy: Operation<Nothing, LogPolicyView>
  readonly putLogPolicy: Operation<LogPolicyInput, LogPolicyView>
}

export const LOG_POLICY_OPERATIONS: LogPolicyOperations = {
  getLogPolicy: get(
    "/log/policy",
    readers,
    "The trust policy of the log: its key, its witnesses and its quorum",
    Nothing,
    LogPolicyView,
  ),
  putLogPolicy: put(
    "/log/policy",
    administrators,
    "Settles who witnesses the log; every witness is asked again",
    LogPolicyInput,
    LogPolicyView,
  ),
}
