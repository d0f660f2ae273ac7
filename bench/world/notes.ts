import type { Id } from "@tabard/core"
import { compileManifest, readManifest } from "@tabard/intent"
import type { PinnedTool, PolicyText } from "@tabard/policy"

/** What an agent of this world may do, as its manifest says it. */
export function manifestText(folder: string, tool = "read_text_file"): string {
  return `
purpose: Keep notes tidy
tier: transactional
tools:
  - { server: notes, tool: ${tool}, arguments: { path: { under: ${folder} } } }
`
}

/** What a manifest speaks of. */
export interface Intended {
  readonly folder: string
  readonly server: Id<"server">
  readonly tools: readonly PinnedTool[]
  readonly tool?: string
}

/** What an agent may do that has a manifest and no task now. */
export function intentOf(
  agent: Id<"agent">,
  { folder, server, tools, tool }: Intended,
): readonly PolicyText[] {
  const manifest = readManifest(manifestText(folder, tool))
  return compileManifest({ agent, manifest, tools, servers: { notes: server } }).policies
}
