import { isJsonObject, type Json } from "@tabard/core"
import type { HeldDelegation } from "@tabard/intent"
import type { Surroundings } from "../surroundings.ts"
import { askApi } from "./ask-api.ts"
import type { CheckArguments } from "./check-arguments.ts"
import { everyItem } from "./every-item.ts"
import { serverAccess } from "./server-access.ts"

/** Answers which agents a server lets act for which; none where no server is asked. */
export async function knownDelegations(
  { server, tokenFile }: Pick<CheckArguments, "server" | "tokenFile">,
  surroundings: Surroundings,
): Promise<readonly HeldDelegation[]> {
  if (server === null) return []
  const access = await serverAccess(surroundings, { server, tokenFile: tokenFile ?? undefined })
  const held = await everyItem((path) => askApi({ ...access, path }), "/delegations")
  return held.flatMap(({ from, to }) => {
    const [giver, taker] = [idOf(from), idOf(to)]
    return giver === undefined || taker === undefined ? [] : [{ from: giver, to: taker }]
  })
}

function idOf(agent: Json | undefined): string | undefined {
  const id = isJsonObject(agent) ? agent["id"] : undefined
  return typeof id === "string" ? id : undefined
}
