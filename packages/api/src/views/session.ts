import { z } from "zod"

/** One place where a person is signed in. */
export interface OwnSessionView {
  readonly id: string
  readonly startedAt: string
  readonly lastSeen: string
  readonly expiresAt: string
  /** What the browser called itself; null where it did not. */
  readonly agent: string | null
  /** Whether it is the one that asks. */
  readonly current: boolean
}

export const OwnSessionView: z.ZodType<OwnSessionView> = z.object({
  id: z.string(),
  startedAt: z.string(),
  lastSeen: z.string(),
  expiresAt: z.string(),
  agent: z.string().nullable(),
  current: z.boolean(),
})
