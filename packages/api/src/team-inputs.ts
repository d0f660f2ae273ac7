import { TEAM_KEEPERS, type TeamKeeper } from "@tabard/core"
import { z } from "zod"

const id: z.ZodType<string> = z.string().max(80)

// oxlint-disable-next-line no-control-regex -- these are the characters that are refused
const ONE_LINE = /^[^\u0000-\u001f\u007f]*$/

/** A name on one line. Teams are listed in one cell of a file, so it holds none of what parts them there. */
const Name: z.ZodType<string> = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(ONE_LINE, "holds a control character")
  .regex(/^[^,;|]*$/, "holds , ; or |")

/** A provider's own name, which is compared letter by letter. */
const ExternalName: z.ZodType<string> = z
  .string()
  .min(1)
  .max(256)
  .regex(ONE_LINE, "holds a control character")

/** What is said of a team. */
export interface TeamInput {
  readonly name: string
  readonly externalName?: string | null | undefined
  readonly keptBy?: TeamKeeper | undefined
  readonly lead?: string | null | undefined
}
const said = {
  name: Name,
  externalName: ExternalName.nullish(),
  keptBy: z.enum(TEAM_KEEPERS).optional(),
  lead: id.nullish(),
}
export const TeamInput: z.ZodType<TeamInput> = z.strictObject(said)

/** What is said of a team that is here. */
export interface TeamChangeInput extends TeamInput {
  readonly id: string
}
export const TeamChangeInput: z.ZodType<TeamChangeInput> = z.strictObject({ ...said, id })

/** A person's place in a team. */
export interface TeamMemberInput {
  readonly id: string
  readonly user: string
}
export const TeamMemberInput: z.ZodType<TeamMemberInput> = z.strictObject({ id, user: id })

/** A team that helps with an agent. */
export interface MaintainingTeamInput {
  readonly id: string
  readonly team: string
}
export const MaintainingTeamInput: z.ZodType<MaintainingTeamInput> = z.strictObject({ id, team: id })
