import type { OtherServer, TokenSettings } from "@tabard/core"
import type { UseMutationResult } from "@tanstack/react-query"
import { keys } from "./keys.ts"
import { useAct } from "./use-act.ts"

/** Answers by what one listed server is told from the others: a server is listed once for each client. */
export function otherServerKey({ issuer, client }: OtherServer): string {
  return `${client} ${issuer}`
}

/** Lists a server elsewhere, beside those that are listed at that moment. */
export function useAddOtherServer(): UseMutationResult<TokenSettings, Error, OtherServer> {
  return useChangeOfServers((listed, server: OtherServer) => [...listed, server])
}

/** Takes a server off the list, by its key. */
export function useRemoveOtherServer(): UseMutationResult<TokenSettings, Error, string> {
  return useChangeOfServers((listed, key: string) => listed.filter((one) => otherServerKey(one) !== key))
}

/** Settings are put whole: they are read anew first, so that what somebody else settled meanwhile stays. */
function useChangeOfServers<Input>(
  change: (listed: readonly OtherServer[], input: Input) => readonly OtherServer[],
): UseMutationResult<TokenSettings, Error, Input> {
  return useAct([keys.tokenSettings], async (client, input: Input) => {
    const settings = await client.getTokenSettings({})
    return client.putTokenSettings({ ...settings, otherServers: change(settings.otherServers, input) })
  })
}
