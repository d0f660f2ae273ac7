import { KEY_STORAGES, type KeyStorage } from "@tabard/core"
import { z } from "zod"
import { ById, Enrolment } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { post } from "./operation-makers.ts"
import { AgentDetail } from "./views/agent.ts"
import type { EnrolmentOffer } from "./views/enrolment.ts"
import { InstanceView } from "./views/instance.ts"

/** What an enrolled instance needs to get tokens. */
export interface Enrolled {
  readonly instance: string
  readonly agent: string
  readonly issuer: string
  readonly tokenEndpoint: string
  /** The resource to ask tokens for (RFC 8707). */
  readonly resource: string
}

/** Which install of an agent is to end, and why. */
export interface InstanceRevocation {
  readonly id: string
  readonly instance: string
  readonly reason: string
}
const InstanceRevocation: z.ZodType<InstanceRevocation> = z.strictObject({
  id: z.string().min(1).max(100),
  instance: z.string().min(1).max(100),
  reason: z.string().trim().min(1).max(1000),
})

/** Which token of an agent is to end, and why. */
export interface AgentTokenRevocation {
  readonly id: string
  readonly jti: string
  readonly reason: string
}
const AgentTokenRevocation: z.ZodType<AgentTokenRevocation> = z.strictObject({
  id: z.string().min(1).max(100),
  jti: z.string().min(1).max(100),
  reason: z.string().trim().min(1).max(1000),
})

/** Two keys, proven each by its own signature. */
export interface KeyRotationInput {
  readonly instance: string
  /** A compact JWS by the present key, over one by the next key. */
  readonly proof: string
  readonly keyStorage?: KeyStorage | undefined
  /** How long both work, in seconds; ten minutes where nothing is said. */
  readonly overlapSeconds?: number | undefined
}
const KeyRotationInput: z.ZodType<KeyRotationInput> = z.strictObject({
  instance: z.string().min(1).max(100),
  proof: z.string().min(1).max(4096),
  keyStorage: z.enum(KEY_STORAGES).optional(),
  overlapSeconds: z.int().min(0).max(3600).optional(),
})

/** How an install of an agent comes to its key, changes it, and ends. */
export interface InstanceOperations {
  readonly offerEnrolment: Operation<ById, EnrolmentOffer>
  readonly enrol: Operation<Enrolment, Enrolled>
  readonly revokeInstance: Operation<InstanceRevocation, AgentDetail>
  readonly revokeToken: Operation<AgentTokenRevocation, AgentDetail>
  readonly rotateKey: Operation<KeyRotationInput, InstanceView>
}

export const INSTANCE_OPERATIONS: InstanceOperations = {
  offerEnrolment: post(
    "/agents/:id/enrolments",
    "signed-in",
    "Makes a one-time code by which the agent enrols its key",
    ById,
    z.object({ code: z.string(), expiresAt: z.string() }),
  ),
  enrol: post(
    "/enrolments",
    "public",
    "Enrols an agent's key by a one-time code",
    Enrolment,
    z.object({
      instance: z.string(),
      agent: z.string(),
      issuer: z.string(),
      tokenEndpoint: z.string(),
      resource: z.string(),
    }),
  ),
  revokeInstance: post(
    "/agents/:id/instances/:instance/revocation",
    "signed-in",
    "Ends one install of an agent, its keys and its tokens",
    InstanceRevocation,
    AgentDetail,
  ),
  revokeToken: post(
    "/agents/:id/tokens/:jti/revocation",
    "signed-in",
    "Ends one live token of an agent, and what came from it",
    AgentTokenRevocation,
    AgentDetail,
  ),
  rotateKey: post(
    "/key-rotations",
    "public",
    "Puts a new key in the place of an install's present one, on that one's word; both work for a while",
    KeyRotationInput,
    InstanceView,
  ),
}
