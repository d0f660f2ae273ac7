import { z } from "zod"

/** Until when an agent is to go on. */
export interface RenewalInput {
  readonly id: string
  readonly expiresAt: string
}
export const RenewalInput: z.ZodType<RenewalInput> = z.strictObject({
  id: z.string().max(80),
  expiresAt: z.iso.datetime(),
})
