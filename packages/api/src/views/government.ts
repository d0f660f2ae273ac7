import { z } from "zod"
import { PersonView } from "./person.ts"

/** What can have something in its hands, or be in somebody's. */
export const GOVERNMENT_KINDS = [
  "agent",
  "apiToken",
  "commandLine",
  "directory",
  "manifests",
  "organisation",
  "person",
  "pipeline",
  "provider",
  "repository",
  "server",
  "team",
] as const

/** One kind of that. */
export type GovernmentKind = (typeof GOVERNMENT_KINDS)[number]

/** A thing that governs or is governed, with its name today. */
export interface GovernmentNodeView {
  readonly kind: GovernmentKind
  /** Null where there is but one of it. */
  readonly id: string | null
  readonly name: string
}

const GovernmentNodeView: z.ZodType<GovernmentNodeView> = z.object({
  kind: z.enum(GOVERNMENT_KINDS),
  id: z.string().nullable(),
  name: z.string(),
})

/** What somebody declared to be in whose hands. */
export interface ReachView {
  readonly id: string
  readonly holder: GovernmentNodeView
  readonly to: GovernmentNodeView
  readonly declaredBy: PersonView
  readonly declaredAt: string
}

export const ReachView: z.ZodType<ReachView> = z.object({
  id: z.string(),
  holder: GovernmentNodeView,
  to: GovernmentNodeView,
  declaredBy: PersonView,
  declaredAt: z.string(),
})

/** Something that can change what constrains an agent, and the way in words. */
export interface GovernorView extends GovernmentNodeView {
  readonly path: string
}

/** Who and what can change what constrains an agent, the nearest first. */
export interface GovernmentView {
  readonly governors: readonly GovernorView[]
  /** How the agent could change its own constraints, were it not refused; empty where it is apart from them. */
  readonly itself: readonly string[]
}

export const GovernmentView: z.ZodType<GovernmentView> = z.object({
  governors: z.array(
    z.object({
      kind: z.enum(GOVERNMENT_KINDS),
      id: z.string().nullable(),
      name: z.string(),
      path: z.string(),
    }),
  ),
  itself: z.array(z.string()),
})
