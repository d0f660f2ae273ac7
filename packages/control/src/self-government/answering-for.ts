import { type Id, isId, readAskRoute } from "@tabard/core"
import { readPolicy } from "@tabard/policy"
import type { Transaction } from "../transaction.ts"

/** The stores that say whom policies ask about an agent. */
export type AnsweringReads = Pick<Transaction, "policies" | "teams" | "users">

/** Whom policies name to be asked, as their annotations are spelt nearly always. */
const ASKS = /@(?:ask|requestable)\("([^"\\]*)"\)/g

/** Whatever may be such an annotation, however it is spelt. */
const MAYBE_ASKS = /@\s*(?:ask|requestable)\b/g

/**
 * Answers the teams and people whom everybody's policies, or an agent's own, name to be asked about it: who can change those
 * can make themselves one of them. Parties such as security are known by what they are.
 */
export async function answeringFor(
  tx: AnsweringReads,
  agent: Id<"agent">,
): Promise<readonly (Id<"team"> | Id<"user">)[]> {
  const sets = await tx.policies.concerning([agent, `${agent}/hand`])
  const texts = sets.flatMap(({ policies }) => policies.map(({ text }) => text))
  const routes = new Set(texts.flatMap(routesIn))
  const asked = [...routes].flatMap((route) => readAskRoute(route)?.of ?? [])
  const teams = asked.flatMap((one) => (one.kind === "team" ? [one.team] : []))
  const people = asked.flatMap((one) => (one.kind === "person" ? [one.person] : []))
  return [...(await teamsNamed(tx, teams)), ...(await peopleNamed(tx, people))]
}

/** Cedar reads what is spelt otherwise: by blanks or escapes nobody is left out. */
function routesIn(text: string): readonly string[] {
  const plain = [...text.matchAll(ASKS)].map(([, route = ""]) => route)
  if (plain.length === [...text.matchAll(MAYBE_ASKS)].length) return plain
  const read = readPolicy(text)
  const { ask, requestable } = (read.type === "success" && read.json.annotations) || {}
  return [ask, requestable].filter((route) => typeof route === "string")
}

async function teamsNamed(
  { teams }: AnsweringReads,
  named: readonly string[],
): Promise<readonly Id<"team">[]> {
  if (named.length === 0) return []
  const wanted = new Set(named.map((name) => name.toLowerCase()))
  const all = await teams.list()
  return all
    .filter(({ id, name }) => wanted.has(name.toLowerCase()) || named.includes(id))
    .map(({ id }) => id)
}

async function peopleNamed(
  { users }: AnsweringReads,
  named: readonly string[],
): Promise<readonly Id<"user">[]> {
  const found: Id<"user">[] = []
  for (const name of named) {
    const person = isId("user", name) ? await users.find(name) : await users.findByEmail(name)
    if (person) found.push(person.id)
  }
  return found
}
