import { z } from "zod"
import { PersonView } from "./person.ts"

/** One bounded run, as the people who answer for it see it. */
export interface TaskView {
  readonly id: string
  readonly agent: string
  readonly text: string
  readonly onBehalfOf: PersonView
  readonly server: string
  readonly tools: readonly string[]
  readonly folder: string | null
  readonly openedAt: string
  readonly expiresAt: string
  readonly closedAt: string | null
  readonly open: boolean
}

export const TaskView: z.ZodType<TaskView> = z.object({
  id: z.string(),
  agent: z.string(),
  text: z.string(),
  onBehalfOf: PersonView,
  server: z.string(),
  tools: z.array(z.string()),
  folder: z.string().nullable(),
  openedAt: z.string(),
  expiresAt: z.string(),
  closedAt: z.string().nullable(),
  open: z.boolean(),
})
