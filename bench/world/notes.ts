import type { Id } from "@tabard/core"
import { compileManifest, readManifest } from "@tabard/intent"
import type { PinnedTool, PolicyText } from "@tabard/policy"

/** What an agent of this world may do, as its manifest says it. */
export function manifestText(folder: string): string {
  return `
purpose: Keep notes tidy
tier: transactional
tools:
  - { server: notes, tool: read_text_file, arguments: { path: { under: ${folder} } } }
`
}

/** What an agent may do that has a manifest and no task now. */
export function intentOf(
  agent: Id<"agent">,
  { folder, server, tools }: { folder: string; server: Id<"server">; tools: readonly PinnedTool[] },
): readonly PolicyText[] {
  const manifest = readManifest(manifestText(folder))
  return compileManifest({ agent, manifest, tools, servers: { notes: server } }).policies
}
