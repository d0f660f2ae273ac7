import { createHash } from "node:crypto"
import { type Id, Recent, type ToolVersion } from "@tabard/core"
import {
  besideOracle,
  type CedarSchema,
  type CheckedPolicies,
  checkPolicies,
  compileSchema,
  evaluateSlice,
  type Judge,
  joinPolicies,
  type PinnedTool,
  type PolicyBase,
} from "@tabard/policy"
import type { BudgetsInForce } from "../budgets/count-budgets.ts"
import { type NamedPolicies, type Rehearsed, whileRehearsed } from "../observe/lets-through.ts"
import { byHandOf } from "../policies/own-address.ts"
import type { Transaction } from "../transaction.ts"
import { systemBehind, UNKNOWN_SYSTEM } from "../upstreams/system-behind.ts"
import type { PolicySet } from "./policy-store.ts"
import { type Acting, agentsOf } from "./question.ts"

/** Every server behind the gateway: what a token is for. No server has this id. */
export const EVERY_SERVER: Id<"server"> = "srv_every"

/** Every policy that a decision could look at, and the tools of the server that is asked, at one version. */
export interface PoliciesInForce {
  /** The version of all inputs to decisions that this was read at. */
  readonly version: number
  readonly base: PolicyBase
  readonly tools: ReadonlyMap<string, ToolVersion>
  /** The system that the server works with. */
  readonly system: string
  /** What is counted of the links, by whose it is. */
  readonly budgets: BudgetsInForce
  /** Names the agent's own bounds by their content: what manifests say, and what was written by hand beside. */
  readonly boundsOf: (agent: Id<"agent">) => string
  /** Answers what is left of the policies where somebody's own are only rehearsed. */
  readonly rehearsing: (whose: Rehearsed) => PolicyBase
}

/** The stores that decisions are made from. */
export type PolicyInputs = Pick<Transaction, "organisation" | "policies" | "servers">

/** Whose policies, about whose tools. */
export interface Concerned {
  readonly server: Id<"server">
  readonly principal: Pick<Acting, "agent" | "chain" | "served" | "task">
}

/** How many compiled bases are held: about as many agents at work on one replica. */
const HELD = 2000

/** A set checked against the tools of one server; an agent has a handful. */
const HELD_PARTS = 4 * HELD

/** As many servers as there are, and then some. */
const HELD_SERVERS = 500

/**
 * Compiles the policies that concern a decision, and holds what it compiled: each set for as long as it is in force, whatever else
 * changes. Each decision asks within its own transaction which sets are in force for its links, so a change that was
 * answered for is in force at the next one, whatever is held here; and what belongs to other agents is neither read nor compiled.
 */
export class PolicyKeeper {
  readonly #servers = new Recent<KeptServer>(HELD_SERVERS)
  readonly #parts = new Recent<CheckedPolicies>(HELD_PARTS)
  readonly #bases = new Recent<PolicyBase>(HELD)
  readonly #known = new Recent<PoliciesInForce>(HELD)
  readonly #systems = new Recent<string>(HELD_SERVERS)
  readonly #judging: { readonly judge?: Judge }

  /** `judge` judges policies in the place of the evaluator alone. */
  constructor(judging: { readonly judge?: Judge } = {}) {
    this.#judging = judging
  }

  /** Answers a keeper whose policies are judged by the evaluator and by Cedar itself. */
  static besideOracle(): PolicyKeeper {
    return new PolicyKeeper({ judge: besideOracle(evaluateSlice) })
  }

  /** Answers what is in force for these links and this server, as `tx` sees it. */
  async at(tx: PolicyInputs, { server, principal }: Concerned): Promise<PoliciesInForce> {
    const version = await tx.organisation.version()
    const subjects = subjectsOf(principal)
    if (server === EVERY_SERVER) return this.#everywhere(tx, subjects, version)
    return this.#read(tx, { server, subjects, version })
  }

  /** Where no server is asked nothing but policies is read: they are those of the version that was known for these links, as long as it is that. */
  async #everywhere(
    tx: PolicyInputs,
    subjects: readonly string[],
    version: number,
  ): Promise<PoliciesInForce> {
    const key = subjects.join()
    const known = this.#known.get(key)
    if (known?.version === version) return known
    const read = await this.#read(tx, { server: EVERY_SERVER, subjects, version })
    this.#known.set(key, read)
    return read
  }

  async #read(
    tx: PolicyInputs,
    {
      server,
      subjects,
      version,
    }: Pick<Concerned, "server"> & { subjects: readonly string[]; version: number },
  ): Promise<PoliciesInForce> {
    const sets = await tx.policies.concerning(subjects)
    const kept = this.#serverOf(server === EVERY_SERVER ? [] : await tx.servers.pinned(server))
    return {
      version,
      tools: kept.tools,
      system: await this.#systemOf(tx, server),
      base: this.#baseOf(kept, sets, version),
      budgets: budgetsIn(sets),
      boundsOf: (agent) => boundsOf(sets, agent),
      rehearsing: (whose) => this.#baseOf(kept, whileRehearsed(sets, whose), version),
    }
  }

  /** How a server is reached never changes: reached otherwise it is another server. */
  async #systemOf({ servers }: PolicyInputs, id: Id<"server">): Promise<string> {
    if (id === EVERY_SERVER) return UNKNOWN_SYSTEM
    const kept = this.#systems.get(id)
    if (kept !== undefined) return kept
    const server = await servers.find(id)
    const system = server ? systemBehind(server) : UNKNOWN_SYSTEM
    if (server) this.#systems.set(id, system)
    return system
  }

  #serverOf(pinned: readonly ToolVersion[]): KeptServer {
    // Named by all that a schema is made from: a corrected version is another schema.
    const key = pinned.map(({ id, effects, roles }) => JSON.stringify([id, effects, roles])).join()
    return held(this.#servers, key, () => ({
      key,
      tools: new Map(pinned.map((tool) => [tool.name, tool])),
      schema: compileSchema(pinned.map(pinnedTool), { isPart: true }),
    }))
  }

  #baseOf({ key, schema }: KeptServer, sets: readonly NamedPolicies[], version: number): PolicyBase {
    const name = [key, ...sets.map(({ id }) => id)].join()
    return held(this.#bases, name, () => {
      // A tool that changed under a policy denies what the policy spoke of, and must not stop everything else.
      const parts = sets.map(({ id, policies }) =>
        held(this.#parts, `${id} ${schema.fingerprint}`, () => checkPolicies(schema, policies)),
      )
      return joinPolicies({ schema, version, parts, ...this.#judging })
    })
  }
}

/** Answers the name of an agent's own bounds by their content; where it acts is none of them. */
export function boundsOf(sets: readonly PolicySet[], agent: Id<"agent">): string {
  const own = sets.filter(
    ({ kind, subject }) => kind === "intent" && (subject === agent || subject === byHandOf(agent)),
  )
  const inOrder = own.toSorted((a, b) => (a.subject < b.subject ? -1 : 1))
  const texts = inOrder.map(({ subject, policies, budgets = [] }) => [subject, policies, budgets])
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex")
}

/** A server's tools as they are pinned, and the schema made from them. */
interface KeptServer {
  readonly key: string
  readonly tools: ReadonlyMap<string, ToolVersion>
  readonly schema: CedarSchema
}

/** The one that was used longest ago makes room. */
function held<Value>(kept: Recent<Value>, key: string, make: () => Value): Value {
  const value = kept.get(key) ?? make()
  kept.set(key, value)
  return value
}

/** Several sets of one subject bind it together. */
function budgetsIn(sets: readonly PolicySet[]): BudgetsInForce {
  const counting = sets.filter(({ budgets }) => budgets !== undefined)
  const bySubject = Map.groupBy(counting, ({ subject }) => subject)
  return new Map(
    [...bySubject].map(([subject, own]) => [subject, own.flatMap(({ budgets = [] }) => budgets)]),
  )
}

/** What sets may belong to for a decision to look at them: the links of its chain. */
function subjectsOf({ agent, chain, served, task }: Concerned["principal"]): readonly string[] {
  const person = task?.onBehalfOf ?? served?.id
  const agents = agentsOf({ agent, chain })
  return [...agents, ...agents.map(byHandOf), ...(task ? [task.id] : []), ...(person ? [person] : [])]
}

/** Answers a pinned version as policies know it. */
export function pinnedTool({ server, name, digest, definition, effects, roles }: ToolVersion): PinnedTool {
  const schema = definition["inputSchema"]
  return { server, name, digest, inputSchema: isObject(schema) ? schema : {}, effects, roles }
}

function isObject(value: ToolVersion["definition"][string]): value is PinnedTool["inputSchema"] {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
