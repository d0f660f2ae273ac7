import { z } from "zod"

/** A portion of the record as lines of a file; portions behind each other are the file. */
export interface EventLinesView {
  readonly filename: string
  /** The lines, each with its end; CSV begins with its header in the first portion alone. */
  readonly text: string
  /** How many events they are of. */
  readonly lines: number
  /** Goes into `after` for the portion behind this one; null at the end. */
  readonly next: string | null
}

export const EventLinesView: z.ZodType<EventLinesView> = z.object({
  filename: z.string(),
  text: z.string(),
  lines: z.number(),
  next: z.string().nullable(),
})
