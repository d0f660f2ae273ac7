import { TEAM_KEEPERS, type TeamKeeper } from "@tabard/core"
import { z } from "zod"
import { AgentRef, DirectoryPersonView, type TeamRef } from "./directory.ts"
import { PersonView } from "./person.ts"

/** People who look after agents together. */
export interface TeamView extends TeamRef {
  /** What the provider or a file calls it. */
  readonly externalName: string | null
  readonly keptBy: TeamKeeper
  readonly lead: PersonView | null
  readonly members: number
  /** How many agents it helps with, of those that whoever asks may see. */
  readonly agents: number
  /** Whether whoever asks belongs to it. */
  readonly yours: boolean
}

const shape = {
  id: z.string(),
  name: z.string(),
  externalName: z.string().nullable(),
  keptBy: z.enum(TEAM_KEEPERS),
  lead: PersonView.nullable(),
  members: z.number(),
  agents: z.number(),
  yours: z.boolean(),
}
export const TeamView: z.ZodType<TeamView> = z.object(shape)

/** A team with its people and what they help with. */
export interface TeamDetail extends TeamView {
  readonly people: readonly DirectoryPersonView[]
  /** The agents that it helps with, of those that whoever asks may see. */
  readonly helpsWith: readonly AgentRef[]
}
export const TeamDetail: z.ZodType<TeamDetail> = z.object({
  ...shape,
  people: z.array(DirectoryPersonView),
  helpsWith: z.array(AgentRef),
})
