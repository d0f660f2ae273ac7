import type { Id, ToolVersion } from "@tabard/core"
import { compilePolicies, compileSchema, type PinnedTool, type PolicyBase } from "@tabard/policy"
import type { Transaction } from "../transaction.ts"
import { type Acting, agentsOf } from "./question.ts"

/** Every policy that a decision could look at, and the tools of the server that is asked, at one version. */
export interface PoliciesInForce {
  /** The version of all inputs to decisions that this was read at. */
  readonly version: number
  readonly base: PolicyBase
  readonly tools: ReadonlyMap<string, ToolVersion>
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

/**
 * Compiles the policies that concern a decision, and holds what it compiled. Each decision asks within its own
 * transaction which sets are in force for its links, so a change that was answered for is in force at the next one,
 * whatever is held here; and what belongs to other agents is neither read nor compiled.
 */
export class PolicyKeeper {
  readonly #held = new Map<string, { readonly base: PolicyBase; readonly tools: PoliciesInForce["tools"] }>()

  /** Answers what is in force for these links and this server, as `tx` sees it. */
  async at(tx: PolicyInputs, { server, principal }: Concerned): Promise<PoliciesInForce> {
    const version = await tx.organisation.version()
    const sets = await tx.policies.concerning(subjectsOf(principal))
    const pinned = await tx.servers.pinned(server)
    const key = [...pinned, ...sets].map(({ id }) => id).join()
    const held = this.#held.get(key) ?? {
      tools: new Map(pinned.map((tool) => [tool.name, tool])),
      base: compilePolicies({
        schema: compileSchema(pinned.map(pinnedTool)),
        policies: sets.flatMap(({ policies }) => policies),
        version,
        // A tool that changed under a policy denies what the policy spoke of, and must not stop everything else.
        invalid: "deny",
      }),
    }
    this.#hold(key, held)
    return { version, ...held }
  }

  /** The one that was used longest ago makes room. */
  #hold(key: string, held: { base: PolicyBase; tools: PoliciesInForce["tools"] }): void {
    this.#held.delete(key)
    this.#held.set(key, held)
    const [oldest] = this.#held.keys()
    if (this.#held.size > HELD && oldest !== undefined) this.#held.delete(oldest)
  }
}

/** What sets may belong to for a decision to look at them: the links of its chain. */
function subjectsOf({ agent, chain, served, task }: Concerned["principal"]): readonly string[] {
  const person = task?.onBehalfOf ?? served?.id
  return [...agentsOf({ agent, chain }), ...(task ? [task.id] : []), ...(person ? [person] : [])]
}

/** Answers a pinned version as policies know it. */
export function pinnedTool({ server, name, digest, definition, effects, roles }: ToolVersion): PinnedTool {
  const schema = definition["inputSchema"]
  return { server, name, digest, inputSchema: isObject(schema) ? schema : {}, effects, roles }
}

function isObject(value: ToolVersion["definition"][string]): value is PinnedTool["inputSchema"] {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
