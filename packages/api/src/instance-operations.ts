import { KEY_STORAGES, type KeyStorage } from "@tabard/core"
import { z } from "zod"
import type { Operation } from "./operation.ts"
import { post } from "./operation-makers.ts"
import { AgentDetail } from "./views/agent.ts"
import { InstanceView } from "./views/instance.ts"

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

/** What people and machines do about single installs. */
export interface InstanceOperations {
  readonly revokeInstance: Operation<InstanceRevocation, AgentDetail>
  readonly rotateKey: Operation<KeyRotationInput, InstanceView>
}

export const INSTANCE_OPERATIONS: InstanceOperations = {
  revokeInstance: post(
    "/agents/:id/instances/:instance/revocation",
    "signed-in",
    "Ends one install of an agent, its keys and its tokens",
    InstanceRevocation,
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
