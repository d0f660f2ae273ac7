import type { Id, ToolVersion } from "@tabard/core"
import {
  type CedarSchema,
  compilePolicies,
  compileSchema,
  type PinnedTool,
  type PolicyBase,
} from "@tabard/policy"
import type { Transaction } from "../transaction.ts"

/** Every policy and pinned tool of one organisation at one version, ready to decide by. */
export interface PoliciesInForce {
  /** The version of all inputs to decisions that this was read at. */
  readonly version: number
  readonly base: PolicyBase
  readonly tools: ReadonlyMap<string, ToolVersion>
}

/** The stores that decisions are made from. */
export type PolicyInputs = Pick<Transaction, "organisation" | "policies" | "servers">

/**
 * Keeps one organisation's policies compiled. Each decision asks for the version within its own transaction, so a
 * change that was answered for is in force at the next decision, whatever this holds.
 */
export class PolicyKeeper {
  #held: PoliciesInForce | undefined

  /** Answers the policies of the version that `tx` sees. */
  async at(tx: PolicyInputs): Promise<PoliciesInForce> {
    const version = await tx.organisation.version()
    if (this.#held?.version === version) return this.#held
    const loaded = await this.#load(tx, version)
    // A slower reader of an older version must not push out a newer one.
    if (!this.#held || this.#held.version < version) this.#held = loaded
    return loaded
  }

  async #load(tx: PolicyInputs, version: number): Promise<PoliciesInForce> {
    const pinned = await tx.servers.pinned()
    const sets = await tx.policies.inForce()
    const base = compilePolicies({
      schema: this.#schemaOf(pinned),
      policies: sets.flatMap(({ policies }) => policies),
      version,
      // A tool that changed under a policy denies what the policy spoke of, and must not stop everything else.
      invalid: "deny",
      ...(this.#held && { previous: this.#held.base }),
    })
    return { version, base, tools: new Map(pinned.map((tool) => [toolKey(tool.server, tool.name), tool])) }
  }

  #schemaOf(pinned: readonly ToolVersion[]): CedarSchema {
    return compileSchema(pinned.map(pinnedTool))
  }
}

/** The key of a pinned tool among all servers'. */
export function toolKey(server: Id<"server">, name: string): string {
  return `${server}/${name}`
}

/** Answers a pinned version as policies know it. */
export function pinnedTool({ server, name, digest, definition, effects, roles }: ToolVersion): PinnedTool {
  const schema = definition["inputSchema"]
  return { server, name, digest, inputSchema: isObject(schema) ? schema : {}, effects, roles }
}

function isObject(value: ToolVersion["definition"][string]): value is PinnedTool["inputSchema"] {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
