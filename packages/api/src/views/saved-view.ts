import { z } from "zod"

/** A list of the console as a person likes to see it. */
export interface SavedViewView {
  readonly id: string
  readonly name: string
  /** What stands behind the question mark of the list's address. */
  readonly search: string
  readonly savedAt: string
}
export const SavedViewView: z.ZodType<SavedViewView> = z.object({
  id: z.string(),
  name: z.string(),
  search: z.string(),
  savedAt: z.string(),
})
