import type { AskingDeviceView } from "@tabard/api"
import { type UseMutationResult, useMutation } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"

/** Looks up which device shows a code. */
export function useCheckDevice(): UseMutationResult<AskingDeviceView, Error, string> {
  const client = useClient()
  return useMutation({ mutationFn: (userCode: string) => client.checkDeviceSignIn({ userCode }) })
}

/** Signs a device in as oneself, or refuses it. */
export function useAnswerDevice(userCode: string): UseMutationResult<unknown, Error, boolean> {
  const client = useClient()
  return useMutation({ mutationFn: (agree: boolean) => client.answerDeviceSignIn({ userCode, agree }) })
}
