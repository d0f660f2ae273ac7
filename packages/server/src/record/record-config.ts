import { z } from "zod"

/** What stops while the record cannot be kept, and how long an event may wait for its checkpoint before it counts so. */
export interface RecordConfig {
  readonly required: "all" | "consequential"
  readonly patienceMs: number
}

/** What the environment says of it. */
export interface RecordEnvironment {
  readonly TABARD_RECORD_REQUIRED?: "all" | "consequential" | undefined
  readonly TABARD_RECORD_PATIENCE?: string | undefined
}

export const RECORD_ENVIRONMENT: {
  readonly [Name in keyof RecordEnvironment]-?: z.ZodType<RecordEnvironment[Name]>
} = {
  TABARD_RECORD_REQUIRED: z.enum(["all", "consequential"]).optional(),
  TABARD_RECORD_PATIENCE: z
    .string()
    .regex(/^([5-9]|[1-9]\d{1,2}|[1-2]\d{3}|3[0-5]\d{2}|3600)$/, "5 to 3600 seconds, as a whole number")
    .optional(),
}

/** Publishing takes a second; a minute is a disk that is full or a publisher that is gone. */
const PATIENCE_SECONDS = 60

/** Answers what was settled, or what holds where nobody says. */
export function recordIn(env: RecordEnvironment): RecordConfig {
  return {
    required: env.TABARD_RECORD_REQUIRED ?? "consequential",
    patienceMs: Number(env.TABARD_RECORD_PATIENCE ?? PATIENCE_SECONDS) * 1000,
  }
}
