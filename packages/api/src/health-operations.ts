import { z } from "zod"
import { Nothing } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get } from "./operation-makers.ts"

/** How a part of the installation does: `degraded` while something waits or fails and nothing is lost by it. */
export type HealthStatus = "degraded" | "failing" | "ok"

const HealthStatus = z.enum(["degraded", "failing", "ok"])

/** One part of the installation. */
export interface HealthPartView {
  readonly part: string
  readonly status: HealthStatus
  /** What is so, in words. */
  readonly words: string
  /** Since when it is so, where that is known. */
  readonly since: string | null
}

/** How the installation does: as its worst part. */
export interface HealthView {
  readonly status: HealthStatus
  readonly parts: readonly HealthPartView[]
  /** Whether what is consequential is refused until the record can be kept again. */
  readonly stopped: boolean
}

export const HealthView: z.ZodType<HealthView> = z.object({
  status: HealthStatus,
  parts: z.array(
    z.object({
      part: z.string(),
      status: HealthStatus,
      words: z.string(),
      since: z.string().nullable(),
    }),
  ),
  stopped: z.boolean(),
})

/** How the installation does. */
export interface HealthOperations {
  readonly getHealth: Operation<Nothing, HealthView>
}

export const HEALTH_OPERATIONS: HealthOperations = {
  getHealth: get(
    "/health",
    "signed-in",
    "How the installation does: the store, the record and what else is watched",
    Nothing,
    HealthView,
  ),
}
