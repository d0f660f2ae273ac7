import { type Agent, CATEGORIES, type Category, effectiveFacts, type Id } from "@tabard/core"
import type { FindingCount } from "../findings/finding-store.ts"
import type { KeptRisk } from "../risk/risk-store.ts"
import type { IndexedKind } from "../search/search-store.ts"
import type { Transaction } from "../transaction.ts"
import { MOST, type OwnSight } from "./own-sight.ts"
import { ownTouches } from "./own-touches.ts"

/** Narrows every list and count as well, for showing. */
export function ownReads(tx: Transaction, sight: OwnSight): Transaction {
  const named = ownTouches(tx, sight)
  return {
    ...named,
    agents: ownAgents(tx, named, sight),
    approvals: ownApprovals(tx, named, sight),
    decisions: {
      ...named.decisions,
      list: (query) => tx.decisions.list({ ...query, answeredBy: sight.user }),
    },
    findings: ownFindings(tx, named, sight),
    maintainers: ownMaintainers(tx, sight),
    observations: ownObservations(tx, sight),
    notifications: ownNotifications(tx),
    outbox: {
      ...tx.outbox,
      list: (query) => tx.outbox.list({ ...query, answeredBy: sight.user }),
      latestOf: (agents, ...which) =>
        tx.outbox.latestOf(
          agents.filter((id) => sight.agents.has(id)),
          ...which,
        ),
      valuesOf: (events) =>
        tx.outbox.valuesOf(events.filter(({ agent }) => agent !== null && sight.agents.has(agent))),
      // Following is for the server itself, which judges each arrival for each who listens.
      arrivals: async () => [],
      async find(id) {
        const event = await tx.outbox.find(id)
        return event?.agent && sight.agents.has(event.agent) ? event : undefined
      },
    },
    delegations: {
      ...named.delegations,
      // Of one agent, which the caller has found before.
      list: async (query) => (query.agent && sight.agents.has(query.agent) ? tx.delegations.list(query) : []),
    },
    reaches: { ...tx.reaches, list: async () => [] },
    reporters: { ...tx.reporters, list: async () => [] },
    search: ownSearch(tx, sight),
    trustRules: {
      ...named.trustRules,
      list: (query) => tx.trustRules.list({ ...query, answeredBy: sight.user }),
    },
    risks: {
      ...tx.risks,
      worst: async (limit) =>
        [...(await tx.risks.latest([...sight.agents])).values()].toSorted(byRisk).slice(0, limit),
    },
  }
}

/** Of what one was told, only what is about agents that one may still see. */
function ownNotifications({ notifications }: Transaction): Transaction["notifications"] {
  return {
    ...notifications,
    list: (query) => notifications.list({ ...query, narrowed: true }),
    countUnread: (query) => notifications.countUnread({ ...query, narrowed: true }),
  }
}

function byRisk(a: KeptRisk, b: KeptRisk): number {
  return b.score - a.score || (a.agent < b.agent ? -1 : 1)
}

/** Which kinds a member finds by words: their own agents, what everybody is led to, or nothing. */
const WORDS_SEEN: Readonly<Record<IndexedKind, "everybody" | "nobody" | "own">> = {
  agent: "own",
  person: "everybody",
  reporter: "nobody",
  server: "nobody",
  system: "nobody",
  team: "everybody",
  tool: "everybody",
  upstream: "everybody",
}

/** What needs nobody to answer for it counts as no category's. */
const ENDED: readonly Agent["state"][] = ["dismissed", "retired"]

function ownAgents(tx: Transaction, named: Transaction, { user, agents }: OwnSight): Transaction["agents"] {
  const list: Transaction["agents"]["list"] = (query) => tx.agents.list({ ...query, answeredBy: user })
  return {
    ...named.agents,
    list,
    findAll: (ids) => tx.agents.findAll(ids.filter((id) => agents.has(id))),
    answering: (ids) => tx.agents.answering(ids.filter((id) => agents.has(id))),
    async countByState() {
      const all = Map.groupBy(await everyOne(list, {}), ({ state }) => state)
      return Object.fromEntries([...all].map(([state, own]) => [state, own.length]))
    },
    countOrphaned: async () => (await everyOne(list, { orphaned: true })).length,
    countDiscoveredBy: async (discoveredBy) => (await everyOne(list, { discoveredBy })).length,
    async countByCategory() {
      const living = (await everyOne(list, {})).filter(({ state }) => !ENDED.includes(state))
      const facts = await tx.facts.of(living.map(({ id }) => id))
      const counts: Partial<Record<Category, number>> = {}
      for (const own of Map.groupBy(facts, ({ subject }) => subject).values()) {
        const said = effectiveFacts(own).get("category")?.value
        const category = CATEGORIES.find((known) => known === said)
        if (category) counts[category] = (counts[category] ?? 0) + 1
      }
      return counts
    },
  }
}

/** A kind that stands for nobody's agents is found by everybody, or by those alone who see the whole organisation. */
function ownSearch({ search }: Transaction, { user }: OwnSight): Transaction["search"] {
  return {
    ...search,
    async find(query) {
      const sees = WORDS_SEEN[query.kind]
      if (sees === "nobody") return []
      return search.find(sees === "own" ? { ...query, answeredBy: user } : query)
    },
    startingWith: (kind, beginning, options) =>
      kind === "user" || kind === "team"
        ? search.startingWith(kind, beginning, options)
        : search.startingWith(kind, beginning, { ...options, answeredBy: user }),
  }
}

type AgentList = Transaction["agents"]["list"]

async function everyOne(
  list: AgentList,
  query: Omit<Parameters<AgentList>[0], "limit" | "after">,
): Promise<readonly Agent[]> {
  const all: Agent[] = []
  let after: Id<"agent"> | undefined
  do {
    const page = await list({ ...query, limit: MOST, ...(after && { after }) })
    all.push(...page)
    after = page.length === MOST ? page.at(-1)?.id : undefined
  } while (after)
  return all
}

function ownApprovals(
  tx: Transaction,
  { approvals }: Transaction,
  { user }: OwnSight,
): Transaction["approvals"] {
  return {
    ...approvals,
    list: (query) => tx.approvals.list({ ...query, answeredBy: user }),
    async countPending(now) {
      const pending = await tx.approvals.list({ state: "pending", answeredBy: user, limit: MOST })
      return pending.filter(({ expiresAt }) => expiresAt > now).length
    },
  }
}

function ownFindings(
  tx: Transaction,
  { findings }: Transaction,
  { user }: OwnSight,
): Transaction["findings"] {
  return {
    ...findings,
    list: (query) => tx.findings.list({ ...query, answeredBy: user }),
    async count(now) {
      const counts = new Map<string, FindingCount>()
      for (const state of ["open", "accepted"] as const) {
        let page = await tx.findings.list({ now, states: [state], answeredBy: user, limit: MOST })
        while (page.length > 0) {
          for (const { rule, severity } of page) {
            const key = JSON.stringify([rule, severity, state])
            counts.set(key, { rule, severity, state, findings: (counts.get(key)?.findings ?? 0) + 1 })
          }
          const after = page.at(-1)
          page = after
            ? await tx.findings.list({ now, states: [state], answeredBy: user, limit: MOST, after })
            : []
        }
      }
      return [...counts.values()]
    },
  }
}

function ownMaintainers({ maintainers }: Transaction, { agents }: OwnSight): Transaction["maintainers"] {
  return {
    ...maintainers,
    of: (ids) => maintainers.of(ids.filter((id) => agents.has(id))),
    teamsOf: (ids) => maintainers.teamsOf(ids.filter((id) => agents.has(id))),
    byTeams: async (teams) => (await maintainers.byTeams(teams)).filter(({ agent }) => agents.has(agent)),
    helpedBy: async (user) => (await maintainers.helpedBy(user)).filter((id) => agents.has(id)),
  }
}

function ownObservations({ observations }: Transaction, { agents }: OwnSight): Transaction["observations"] {
  return {
    ...observations,
    listScans: async () => [],
    listServers: async () => [],
    listCredentials: async () => [],
    countSystems: async () => [],
    async countPlaintextCredentials() {
      const uses = [...(await observations.linksOf([...agents])).values()]
      const held = [...new Set(uses.flatMap(({ credentials }) => credentials))]
      return (await observations.findCredentials(held)).filter(({ storedAs }) => storedAs === "plaintext")
        .length
    },
    async usersOf(targets) {
      const users = await observations.usersOf(targets)
      return new Map([...users].map(([target, ids]) => [target, ids.filter((id) => agents.has(id))]))
    },
  }
}
