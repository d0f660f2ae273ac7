import type { EffectClass, Id } from "@tabard/core"
import type { PinnedTool } from "@tabard/policy"

const TEXT = { type: "string" }

/** The tools that generated manifests speak of, of every kind of effect: each takes arguments of every kind. Two are called alike. */
export const TOOLS: readonly PinnedTool[] = [
  tool("srv_1", "one", ["read"]),
  tool("srv_1", "two", ["write"]),
  tool("srv_1", "three", ["financial", "egress"]),
  tool("srv_2", "two", ["delete"]),
  tool("srv_2", "four", ["infrastructure"]),
]

/** What manifests call their servers. */
export const SERVERS: Readonly<Record<string, Id<"server">>> = { bank: "srv_1", "the desk": "srv_2" }

function tool(server: Id<"server">, name: string, effects: readonly EffectClass[]): PinnedTool {
  return {
    server,
    name,
    digest: `${server}/${name}`,
    inputSchema: {
      type: "object",
      properties: {
        amount: { type: "number" },
        kind: { enum: ["fast", "slow"] },
        to: TEXT,
        url: TEXT,
        file: TEXT,
        urgent: { type: "boolean" },
        tags: { type: "array", items: TEXT },
        "odd name.": TEXT,
        body: { type: "object", properties: { count: { type: "integer" }, subject: TEXT } },
      },
    },
    effects,
    roles: { file: ["path"], amount: ["amount"] },
  }
}

/** The sets that generated manifests name. */
export const SETS: ReadonlyMap<string, readonly string[]> = new Map([["payees", ["landlord", "grocer"]]])
