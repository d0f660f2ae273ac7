// CycloneDX 1.7: https://cyclonedx.org/docs/1.7/json/
import { createHash } from "node:crypto"
import type { ScanReport } from "../report.ts"
import { type BomComponent, componentOf } from "./cyclonedx-components.ts"
import { type BomProperty, properties } from "./cyclonedx-properties.ts"
import { type BomService, serviceOf } from "./cyclonedx-services.ts"

/** A bill of materials, as far as a scan fills one. */
export interface Bom {
  readonly $schema: string
  readonly bomFormat: "CycloneDX"
  readonly specVersion: "1.7"
  readonly serialNumber: string
  readonly version: 1
  readonly metadata: BomMetadata
  readonly components: readonly BomComponent[]
  readonly services: readonly BomService[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

interface BomMetadata {
  readonly timestamp: string
  readonly lifecycles: readonly [{ readonly phase: "discovery" }]
  readonly tools: {
    readonly components: readonly [{ readonly type: "application"; readonly name: "Tabard" }]
  }
  readonly properties: readonly BomProperty[]
}

/** Answers the agents of a report and the MCP servers they use, as a bill of materials. Credentials are in none of it. */
export function cyclonedxOf(report: ScanReport): Bom {
  const known = new Set(report.mcpServers.map(({ key }) => key))
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.7.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.7",
    serialNumber: serialNumberOf(report),
    version: 1,
    metadata: metadataOf(report),
    components: report.agents.map(componentOf),
    services: report.mcpServers.map(serviceOf),
    dependencies: report.agents.map(({ key, mcpServers }) => ({
      ref: key,
      dependsOn: mcpServers.filter((server) => known.has(server)),
    })),
  }
}

function metadataOf({ finishedAt, host, coverage, unreadable }: ScanReport): BomMetadata {
  return {
    timestamp: finishedAt,
    lifecycles: [{ phase: "discovery" }],
    tools: { components: [{ type: "application", name: "Tabard" }] },
    properties: properties({
      host,
      knowledge: `${coverage.knowledge.version} of ${coverage.knowledge.date}`,
      unreadable: String(unreadable.length),
    }),
  }
}

/** Made from the report (RFC 9562, version 8): writing one report twice gives one bill. */
function serialNumberOf({ startedAt, finishedAt, host, roots, agents, mcpServers }: ScanReport): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([startedAt, finishedAt, host, roots, agents, mcpServers]))
    .digest("hex")
  const parts = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ]
  return `urn:uuid:${parts.join("-")}`
}
