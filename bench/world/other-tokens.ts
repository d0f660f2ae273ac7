import type { Shelf } from "@tabard/control"
import { type Id, newId, systemClock } from "@tabard/core"

/** Tokens that are written in one transaction. */
const PORTION = 1_000

/** How many agents they are spread over. */
const AGENTS = 100_000

/** Puts so many live tokens into the store, of a hundred thousand agents; what they stand on is nobody's to ask for. */
export async function addOtherTokens(
  { transact }: Pick<Shelf, "transact">,
  count: number,
  audience: string,
): Promise<void> {
  const issuedAt = systemClock.now()
  const expiresAt = new Date(issuedAt.getTime() + 3_600_000)
  const agents = Array.from({ length: Math.min(AGENTS, count) }, () => newHolder())
  for (let made = 0; made < count; made += PORTION) {
    await transact(async ({ tokens }) => {
      for (let place = made; place < Math.min(made + PORTION, count); place++) {
        const { agent, instance } = agents[place % agents.length] ?? newHolder()
        await tokens.insert({
          jti: crypto.randomUUID(),
          agent,
          instance,
          task: null,
          audience,
          jkt: "a key of nobody's",
          grant: "client_credentials",
          lineage: [],
          actors: [],
          served: null,
          delegations: [],
          mayAct: null,
          scope: null,
          callsLeft: null,
          conditions: [],
          issuedAt,
          expiresAt,
          revokedAt: null,
        })
      }
    })
  }
}

function newHolder(): { readonly agent: Id<"agent">; readonly instance: Id<"instance"> } {
  return { agent: newId("agent", systemClock), instance: newId("instance", systemClock) }
}
