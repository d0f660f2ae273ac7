import {
  type Agent,
  type AgentState,
  effectiveFacts,
  type Fact,
  type Id,
  isId,
  type OwnershipOffer,
  type User,
} from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import type { RegisterLine } from "./read-register.ts"

/** An agent of the inventory, as a register knows it. */
export interface KnownEntry {
  readonly agent: Agent
  readonly name: string
  readonly facts: ReadonlyMap<string, Fact>
  readonly offer: OwnershipOffer | undefined
}

/** What a register is held against. */
export interface KnownRegister {
  readonly byId: ReadonlyMap<string, KnownEntry>
  /** The agents of each name, those that are dismissed or retired apart. */
  readonly byName: ReadonlyMap<string, readonly KnownEntry[]>
  readonly people: ReadonlyMap<string, User>
}

type Reads = Pick<Transaction, "agents" | "facts" | "offers" | "users">

const GONE: readonly AgentState[] = ["dismissed", "retired"]

/** Reads the agents that lines name, by id or by name, in a handful of questions however many there are. */
export async function readKnown(
  tx: Reads,
  lines: readonly RegisterLine[],
  now: Date,
): Promise<KnownRegister> {
  const named = new Set(
    lines.flatMap(({ cells }) => (cells.has("id") ? [] : [nameKey(cells.get("name") ?? "")])),
  )
  const ids = new Set(lines.map(({ cells }) => cells.get("id")).filter((id) => isId("agent", id)))
  for (const id of await calledSo(tx, named)) ids.add(id)
  const entries = await entriesOf(tx, [...ids], now)
  return {
    byId: new Map(entries.map((entry) => [entry.agent.id, entry])),
    byName: Map.groupBy(
      entries.filter(({ agent }) => !GONE.includes(agent.state)),
      ({ name }) => nameKey(name),
    ),
    people: new Map((await tx.users.list()).map((user) => [user.id, user])),
  }
}

/** Reads what a register knows of these agents. */
export async function entriesOf(
  { agents, facts, offers }: Reads,
  ids: readonly Id<"agent">[],
  now: Date,
): Promise<readonly KnownEntry[]> {
  const said = Map.groupBy(await facts.of(ids), ({ subject }) => subject)
  const pending = new Map((await offers.pendingOf(ids, now)).map((offer) => [offer.agent, offer]))
  return (await agents.findAll(ids)).map((agent) => {
    const holding = effectiveFacts(said.get(agent.id) ?? [])
    const name = holding.get("name")?.value
    const called = typeof name === "string" ? name : ""
    return { agent, name: called, facts: holding, offer: pending.get(agent.id) }
  })
}

/** Answers a name as two of them are compared: without regard to case and spelling of accents. */
export function nameKey(name: string): string {
  return name.normalize("NFC").toLowerCase()
}

async function calledSo({ facts }: Reads, names: ReadonlySet<string>): Promise<readonly Id<"agent">[]> {
  if (names.size === 0) return []
  const subjects = Map.groupBy(await facts.named("name"), ({ subject }) => subject)
  return [...subjects].flatMap(([subject, said]) => {
    const name = effectiveFacts(said).get("name")?.value
    return isId("agent", subject) && typeof name === "string" && names.has(nameKey(name)) ? [subject] : []
  })
}
