import { ARGUMENT_ROLES, type ArgumentRole, EFFECT_CLASSES, type EffectClass } from "@tabard/core"
import { z } from "zod"
import { PersonView } from "./person.ts"

/** A tool's definition with what policies take it for. */
export interface ToolSideView {
  readonly digest: string
  /** The definition as its server wrote it, as JSON text with every number as it was spelt. */
  readonly definition: string
  readonly effects: readonly EffectClass[]
  readonly roles: Readonly<Record<string, readonly ArgumentRole[]>>
}

/** Who put a version in force, and why. */
export interface ToolReviewView {
  readonly by: PersonView
  readonly reason: string
  /** Whether its effects and roles are a person's word. */
  readonly corrected: boolean
}

/** One version of a tool. */
export interface ToolVersionView extends ToolSideView {
  readonly id: string
  readonly pinnedAt: string
  /** Null of what was pinned as its server was registered. */
  readonly review: ToolReviewView | null
}

/** A tool of a server behind the gateway, with its history. */
export interface ToolDetail extends ToolVersionView {
  readonly server: string
  readonly serverName: string
  readonly name: string
  /** Whether this is the version that policies speak of now. */
  readonly inForce: boolean
  /** The latest versions, newest first. */
  readonly versions: readonly ToolVersionView[]
}

/** A tool as it was reviewed, beside what its server says of it now. */
export interface ToolComparisonView {
  readonly name: string
  readonly state: "unchanged" | "changed" | "new" | "gone"
  readonly pinned: (ToolSideView & { readonly id: string }) | null
  /** What pinning it now would say of it. */
  readonly offered: ToolSideView | null
}

/** What a server offers now, compared with what was reviewed. */
export interface ServerReviewView {
  readonly server: string
  readonly serverName: string
  readonly tools: readonly ToolComparisonView[]
}

const SIDE = {
  digest: z.string(),
  definition: z.string(),
  effects: z.array(z.enum(EFFECT_CLASSES)),
  roles: z.record(z.string(), z.array(z.enum(ARGUMENT_ROLES))),
}
const VERSION = {
  ...SIDE,
  id: z.string(),
  pinnedAt: z.string(),
  review: z.object({ by: PersonView, reason: z.string(), corrected: z.boolean() }).nullable(),
}

export const ToolDetail: z.ZodType<ToolDetail> = z.object({
  ...VERSION,
  server: z.string(),
  serverName: z.string(),
  name: z.string(),
  inForce: z.boolean(),
  versions: z.array(z.object(VERSION)),
})

export const ServerReviewView: z.ZodType<ServerReviewView> = z.object({
  server: z.string(),
  serverName: z.string(),
  tools: z.array(
    z.object({
      name: z.string(),
      state: z.enum(["unchanged", "changed", "new", "gone"]),
      pinned: z.object({ ...SIDE, id: z.string() }).nullable(),
      offered: z.object(SIDE).nullable(),
    }),
  ),
})
