import { z } from "zod"
import { Nothing } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { post } from "./operation-makers.ts"

/** The code that a device shows. */
export interface DeviceCodeInput {
  readonly userCode: string
}

/** A person's word on a device that asks. */
export interface DeviceAnswerInput extends DeviceCodeInput {
  readonly agree: boolean
}

/** A device that asks to be signed in, as it calls itself. */
export interface AskingDeviceView {
  readonly machine: string
  readonly expiresAt: string
}

const userCode = z.string().min(1).max(40)
const DeviceCodeInput: z.ZodType<DeviceCodeInput> = z.strictObject({ userCode })
const DeviceAnswerInput: z.ZodType<DeviceAnswerInput> = z.strictObject({ userCode, agree: z.boolean() })
const AskingDeviceView: z.ZodType<AskingDeviceView> = z.object({ machine: z.string(), expiresAt: z.string() })

/** Command lines that people sign in by a code. No API token may: it is a person's own word. */
export interface DeviceOperations {
  readonly checkDeviceSignIn: Operation<DeviceCodeInput, AskingDeviceView>
  readonly answerDeviceSignIn: Operation<DeviceAnswerInput, Nothing>
}

export const DEVICE_OPERATIONS: DeviceOperations = {
  checkDeviceSignIn: post(
    "/device-sign-ins/check",
    "signed-in",
    "Says which device shows a code",
    DeviceCodeInput,
    AskingDeviceView,
  ),
  answerDeviceSignIn: post(
    "/device-sign-ins/answer",
    "signed-in",
    "Signs the device that shows a code in as oneself, or refuses it",
    DeviceAnswerInput,
    Nothing,
  ),
}
