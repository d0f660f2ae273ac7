import { type Clock, type Id, newId } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import type { Hand } from "./government-node.ts"

/** By what an act is asked for, and by whom. */
export interface Making {
  readonly actor: Hand
  readonly caller: Id<"user">
}

/**
 * Answers the stores on which an act works that an agent could have asked for: every agent that is made by it, or that the
 * caller comes to own, is kept as made by that hand, so that whoever has the hand is bound by what binds it.
 */
export function keepingMade(clock: Clock, tx: Transaction, making: Making): Transaction {
  const { agents } = tx
  const keep = (made: readonly Id<"agent">[]): Promise<void> => keepMade(clock, tx, making, made)
  const keepOwned = async (agent: Id<"agent">, owner: Id<"user">, done: boolean): Promise<boolean> => {
    if (done && owner === making.caller) await keep([agent])
    return done
  }
  return {
    ...tx,
    agents: {
      ...agents,
      async insert(agent) {
        await agents.insert(agent)
        await keep([agent.id])
      },
      async insertAll(all) {
        await agents.insertAll(all)
        await keep(all.map(({ id }) => id))
      },
      assign: async (id, owner, mandate) => keepOwned(id, owner, await agents.assign(id, owner, mandate)),
      take: async (id, owner, mandate) => keepOwned(id, owner, await agents.take(id, owner, mandate)),
      handOver: async (id, from, to, at) => keepOwned(id, to, await agents.handOver(id, from, to, at)),
    },
  }
}

function keepMade(
  clock: Clock,
  { reaches }: Pick<Transaction, "reaches">,
  { actor, caller }: Making,
  made: readonly Id<"agent">[],
): Promise<void> {
  const declaredAt = clock.now()
  return reaches.declareAll(
    made.map((to) => ({ id: newId("reach", clock), holder: actor, to, declaredBy: caller, declaredAt })),
  )
}
