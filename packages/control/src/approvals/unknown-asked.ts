import { type Asked, isId, readAskRoute } from "@tabard/core"
import type { Transaction } from "../transaction.ts"

/** The stores that say which teams and people there are. */
export type NamedAskedReads = Pick<Transaction, "teams" | "users">

/** Answers the first team or person that a route asks and that is not here, in words; undefined where all are. */
export async function unknownAsked(tx: NamedAskedReads, route: string): Promise<string | undefined> {
  for (const asked of readAskRoute(route)?.of ?? []) {
    const words = await whyUnknown(tx, asked)
    if (words !== undefined) return words
  }
  return undefined
}

async function whyUnknown({ teams, users }: NamedAskedReads, asked: Asked): Promise<string | undefined> {
  switch (asked.kind) {
    case "party":
      return undefined
    case "team": {
      const { team: named } = asked
      if (isId("team", named) && (await teams.find(named))) return undefined
      const all = (await teams.list()).map(({ name }) => name)
      const isThere = all.some((name) => name.toLowerCase() === named.toLowerCase())
      return isThere ? undefined : `there is no team ${named} here`
    }
    case "person": {
      const { person: named } = asked
      const found = isId("user", named) ? await users.find(named) : await users.findByEmail(named)
      return found?.active ? undefined : `there is no person ${named} here who is active`
    }
  }
}
