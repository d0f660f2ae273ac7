import { type EffectClass, visibleText } from "@tabard/core"
import type { SeenMcpServer } from "../report.ts"
import { type BomProperty, properties } from "./cyclonedx-properties.ts"

/** An MCP server, as a service. */
export interface BomService {
  readonly "bom-ref": string
  readonly name: string
  readonly description: string
  readonly endpoints?: readonly [string]
  readonly "x-trust-boundary": boolean
  readonly data: readonly [BomData]
  readonly properties: readonly BomProperty[]
}

interface BomData {
  readonly flow: Flow
  readonly classification: string
  readonly name: string
}

type Flow = "inbound" | "outbound" | "bi-directional" | "unknown"

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/

/** Answers the service of an MCP server: where it is reached, and which way data can go through it. */
export function serviceOf(server: SeenMcpServer): BomService {
  const endpoint = server.url !== null && URL.canParse(server.url) ? new URL(server.url) : null
  const { key, name, system, transport, enabled, catalogue, capabilities, flags } = server
  return {
    "bom-ref": key,
    name: visibleText(name),
    description: visibleText(`MCP server over ${transport}${system === null ? "" : `, for ${system}`}`),
    ...(endpoint ? { endpoints: [endpoint.href] } : {}),
    "x-trust-boundary": leavesTheMachine(server, endpoint),
    data: [
      {
        flow: flowOf(capabilities),
        classification: "unclassified",
        name: visibleText(system ?? "not in the catalogue"),
      },
    ],
    properties: properties({
      transport,
      enabled: String(enabled),
      launch: server.command === null ? null : [server.command, ...server.args].join(" "),
      catalogue,
      capability: capabilities,
      flag: flags,
      location: server.locations.map(({ path, line }) => (line === null ? path : `${path}:${line}`)),
    }),
  }
}

/** A server that nothing is known of crosses: what is unknown counts as its worst. */
function leavesTheMachine({ catalogue, system, capabilities }: SeenMcpServer, endpoint: URL | null): boolean {
  if (endpoint && !LOOPBACK.test(endpoint.hostname)) return true
  return catalogue === null || system !== null || capabilities.includes("egress")
}

/** The direction is told from the service: what an agent reads flows out of it, what an agent does flows in. */
function flowOf(capabilities: readonly EffectClass[]): Flow {
  const reads = capabilities.includes("read")
  const acts = capabilities.some((each) => each !== "read")
  if (reads && acts) return "bi-directional"
  if (reads) return "outbound"
  return acts ? "inbound" : "unknown"
}
