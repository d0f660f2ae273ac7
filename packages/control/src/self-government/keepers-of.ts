import type { Id } from "@tabard/core"
import { systemOf } from "@tabard/scan"
import type { Transaction } from "../transaction.ts"
import type { KeptPlace } from "./kept-place.ts"
import { isRunFrom, repositoriesOf } from "./repositories-of-rule.ts"
import { couldKeep, isProvider, KEEPING_SYSTEMS } from "./system-keeps.ts"

/** The fact under which it is said where an agent's manifest is kept. */
export const MANIFEST_REPOSITORY = "manifestRepository"

/** The stores that say what could change a repository or a sign-in elsewhere. */
export type KeeperReads = Pick<Transaction, "observations" | "servers" | "trustRules">

/** The most that is read at once. */
const MOST = 1000

/** What could change what is kept elsewhere, read once for as many places as are asked about. */
export class Keepers {
  readonly #tx: KeeperReads
  #servers: Promise<readonly KnownServer[]> | undefined
  #workflows: Promise<readonly Workflow[]> | undefined

  constructor(tx: KeeperReads) {
    this.#tx = tx
  }

  /** Answers the servers, seen or behind the gateway, of a system that could be where a place is kept. */
  async serversOf(place: KeptPlace): Promise<readonly Id<"server">[]> {
    this.#servers ??= knownServers(this.#tx)
    return (await this.#servers).filter(({ system }) => couldKeep(system, place)).map(({ id }) => id)
  }

  /** Answers every server of a system that says who people are. */
  async providers(): Promise<readonly Id<"server">[]> {
    this.#servers ??= knownServers(this.#tx)
    return (await this.#servers).filter(({ system }) => isProvider(system)).map(({ id }) => id)
  }

  /** Answers the agents whose installs are workflows of a repository, by a trust rule. */
  async workflowsOf(place: KeptPlace): Promise<readonly Id<"agent">[]> {
    this.#workflows ??= workflows(this.#tx)
    const run = (await this.#workflows).filter(({ repositories }) => isRunFrom(place, repositories))
    return [...new Set(run.map(({ agent }) => agent))]
  }
}

interface KnownServer {
  readonly id: Id<"server">
  readonly system: string
}

async function knownServers({ observations, servers }: KeeperReads): Promise<readonly KnownServer[]> {
  const known: KnownServer[] = []
  for (const system of KEEPING_SYSTEMS) {
    let page = await observations.listServers({ system, limit: MOST })
    while (page.length > 0) {
      known.push(...page.map(({ id }) => ({ id, system })))
      const after = page.length === MOST ? page.at(-1)?.id : undefined
      page = after ? await observations.listServers({ system, limit: MOST, after }) : []
    }
  }
  for (const { id, launch } of await servers.list()) {
    const system = systemOf(launch.transport === "http" ? { url: launch.url } : launch)
    if (system !== undefined) known.push({ id, system })
  }
  return known
}

async function workflows({ trustRules }: KeeperReads): Promise<readonly Workflow[]> {
  const found: Workflow[] = []
  let page = await trustRules.list({ limit: MOST })
  while (page.length > 0) {
    found.push(...page.map((rule) => ({ agent: rule.agent, repositories: repositoriesOf(rule) })))
    const after = page.length === MOST ? page.at(-1)?.id : undefined
    page = after ? await trustRules.list({ limit: MOST, after }) : []
  }
  return found
}

/** An agent whose installs are workflows of these repositories, or of all whose address begins so. */
interface Workflow {
  readonly agent: Id<"agent">
  readonly repositories: readonly string[]
}
