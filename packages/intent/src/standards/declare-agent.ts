import { EFFECT_CLASSES, type EffectClass } from "@tabard/core"
import { effectsOf } from "../effects-of.ts"
import type { Manifest, ManifestTool } from "../manifest.ts"
import type { Registration } from "../pin-tool.ts"
import type { AgentDeclaration, DeclaredUse } from "./declaration.ts"
import { declareByHand, type TextBeside } from "./declare-by-hand.ts"
import type { PlaceOf } from "./place.ts"
import { NO_TOOLS, type ToolCatalogue } from "./tool-catalogue.ts"

/** A manifest as it was read. */
export interface ReadManifest {
  readonly file: string
  /** What the agent is called where its manifest does not say. */
  readonly name: string
  readonly manifest: Manifest
  readonly placeOf?: PlaceOf | undefined
  /** What is written by hand beside it. */
  readonly byHand?: TextBeside | null | undefined
}

/**
 * Answers what a manifest comes to, as far as its tools are known: a tool without a definition counts as the worst that its name
 * allows.
 *
 * @throws {PolicyInvalid} for what is written by hand beside it
 */
export function declareAgent(
  { file, name, manifest, placeOf = () => undefined, byHand = null }: ReadManifest,
  catalogue: ToolCatalogue = NO_TOOLS,
): AgentDeclaration {
  const agent = manifest.agent ?? name
  return {
    agent,
    file,
    manifest,
    uses: manifest.tools.map((entry, index) => useOf(entry, index, catalogue)),
    placeOf,
    byHand: byHand && declareByHand(byHand, agent, catalogue),
  }
}

function useOf(entry: ManifestTool, index: number, { servers, names }: ToolCatalogue): DeclaredUse {
  const server = names.get(entry.server) ?? entry.server
  const effect = EFFECT_CLASSES.find((each) => entry.tool === `effect:${each}`)
  const known = servers.get(server)
  const covered = known?.filter((tool) => (effect ? isOnly(tool, effect) : tool.name === entry.tool))
  return {
    entry,
    index,
    server,
    tools: effect ? (covered?.map(({ name }) => name) ?? null) : [entry.tool],
    effects: effect ? [effect] : effectsIn(entry.tool, covered),
    isDefined: covered !== undefined && (effect !== undefined || covered.length > 0),
  }
}

function effectsIn(tool: string, covered: readonly Registration[] | undefined): readonly EffectClass[] {
  return covered?.[0]?.effects ?? effectsOf({ name: tool })
}

function isOnly({ effects }: Registration, effect: EffectClass): boolean {
  return effects.length > 0 && effects.every((each) => each === effect)
}
