import { z } from "zod"

/** One of the logs of the record. */
export interface LogGenerationView {
  /** 1, 2, 3 and so on. */
  readonly number: number
  readonly origin: string
  /** The place in the record of its first entry: index in the log = place − base. */
  readonly base: number
  /** What verifies its checkpoints (C2SP signed-note). */
  readonly verifierKey: string
  readonly startedAt: string
  /** When the next one followed; null for the one that grows. */
  readonly endedAt: string | null
  /** Its last checkpoint, to which nothing is added; null for the one that grows, or where none was published. */
  readonly lastCheckpoint: string | null
}

export const LogGenerationView: z.ZodType<LogGenerationView> = z.object({
  number: z.number(),
  origin: z.string(),
  base: z.number(),
  verifierKey: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  lastCheckpoint: z.string().nullable(),
})
