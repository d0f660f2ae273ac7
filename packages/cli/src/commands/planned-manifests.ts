import { type JsonObject, Problem } from "@tabard/core"
import { checkManifest, type ManifestFile, manifestInvalid } from "@tabard/intent"
import { UsageError } from "../usage-error.ts"
import { findManifests } from "./manifest-files.ts"
import type { PlanArguments } from "./plan-arguments.ts"
import { UnusableFile } from "./read-bounded.ts"

/** Manifests as they are sent, each with the agent that it is for. */
export type SentManifests = readonly (JsonObject & {
  readonly agent: string
  readonly manifest: string
  /** What is written by hand beside it; null where no such file lies there. */
  readonly byHand: string | null
})[]

/**
 * Reads the manifests that are to be planned. One that could not be read is missing from the plan, so there is none then.
 *
 * @throws {UnusableFile} where there is none, or one cannot be read; UsageError where one names no agent; Problem for one that is at fault
 */
export async function plannedManifests(
  { paths, agent }: Pick<PlanArguments, "paths" | "agent">,
  cwd: string,
  { mayBeNone = false }: { readonly mayBeNone?: boolean } = {},
): Promise<SentManifests> {
  const { files, unreadable } = await findManifests(paths, cwd)
  const [unread] = unreadable
  if (unread) throw new UnusableFile(`${unread.path} was not read: ${unread.reason}`)
  if (files.length === 0 && !mayBeNone) throw new UnusableFile("no manifest was found: write tabard.yaml")
  if (agent !== undefined && files.length > 1)
    throw new UsageError(`--agent is for one manifest, and here are ${files.length}: name agent: in each`)
  return files.map((file) => ({
    agent: agent ?? agentOf(file),
    manifest: file.text,
    byHand: file.byHand?.text ?? null,
  }))
}

function agentOf({ file, text }: ManifestFile): string {
  const { manifest, problems } = checkManifest(text)
  if (!manifest) throw new Problem("manifest_invalid", `${file}: ${manifestInvalid(problems).message}`)
  if (manifest.agent !== undefined) return manifest.agent
  throw new UsageError(`${file} does not say whose it is: write agent: and its id, as agt_…`)
}
