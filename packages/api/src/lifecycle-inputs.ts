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

/** Who is to be asked first once somebody leaves; nobody, where it is null. */
export interface SuccessorInput {
  readonly id: string
  readonly successor: string | null
}
export const SuccessorInput: z.ZodType<SuccessorInput> = z.strictObject({
  id: z.string().max(80),
  successor: z.string().max(80).nullable(),
})

/** A person's word that a credential works no longer. */
export interface AttestationInput {
  readonly id: string
  readonly credential: string
  /** How they know. */
  readonly note: string
}
export const AttestationInput: z.ZodType<AttestationInput> = z.strictObject({
  id: z.string().max(80),
  credential: z.string().max(80),
  note: z.string().trim().min(1).max(1000),
})
