import { ARGUMENT_ROLES, type ArgumentRole, EFFECT_CLASSES, type EffectClass } from "@tabard/core"
import { z } from "zod"
import { stewards } from "./access-groups.ts"
import { ById } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, post } from "./operation-makers.ts"
import { AgentLimitsView } from "./views/limit.ts"
import { ServerReviewView, ToolDetail } from "./views/tool.ts"

/** What a tool does and what its arguments are for, as a person says of the version that they saw. */
export interface ToolCorrectionInput extends ById {
  readonly effects: readonly EffectClass[]
  readonly roles: Readonly<Record<string, readonly ArgumentRole[]>>
  readonly reason: string
}

/** A definition that a person has seen and wants pinned. */
export interface ToolPinInput extends ById {
  readonly name: string
  readonly digest: string
  /** The version that was shown beside it; null where there was none. */
  readonly seen: string | null
  readonly reason: string
}

const reason = z.string().trim().min(1).max(1000)

const ToolCorrectionInput: z.ZodType<ToolCorrectionInput> = z.strictObject({
  id: z.string().max(80),
  effects: z.array(z.enum(EFFECT_CLASSES)).max(EFFECT_CLASSES.length),
  roles: z
    .record(z.string().max(200), z.array(z.enum(ARGUMENT_ROLES)).max(ARGUMENT_ROLES.length))
    .refine((roles) => Object.keys(roles).length <= 500, { error: "at most 500 arguments have roles" }),
  reason,
})

const ToolPinInput: z.ZodType<ToolPinInput> = z.strictObject({
  id: z.string().max(80),
  name: z.string().min(1).max(256),
  digest: z.string().max(80),
  seen: z.string().max(80).nullable(),
  reason,
})

/** What tools do, as it was reviewed and corrected; and how much agents may do with them. */
export interface ToolOperations {
  readonly getTool: Operation<ById, ToolDetail>
  readonly correctTool: Operation<ToolCorrectionInput, ToolDetail>
  readonly reviewServer: Operation<ById, ServerReviewView>
  readonly pinTool: Operation<ToolPinInput, ToolDetail>
  readonly getAgentLimits: Operation<ById, AgentLimitsView>
}

export const TOOL_OPERATIONS: ToolOperations = {
  getTool: get(
    "/tools/:id",
    "signed-in",
    "One version of a tool behind the gateway, with the others that there were",
    ById,
    ToolDetail,
  ),
  correctTool: post(
    "/tools/:id/correction",
    "signed-in",
    "Corrects what a tool does and its arguments are for, in force at once",
    ToolCorrectionInput,
    ToolDetail,
  ),
  reviewServer: post(
    "/servers/:id/review",
    stewards,
    "Asks a server for its tools and compares them with what was reviewed; it changes nothing",
    ById,
    ServerReviewView,
  ),
  pinTool: post(
    "/servers/:id/tools",
    stewards,
    "Pins a tool as its server defines it now, where that is what was seen",
    ToolPinInput,
    ToolDetail,
  ),
  getAgentLimits: get(
    "/agents/:id/limits",
    "signed-in",
    "How much an agent may do, and what is used of it now",
    ById,
    AgentLimitsView,
  ),
}
