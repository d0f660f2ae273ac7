import type { EffectClass } from "@tabard/core"
import type { WrittenPolicy } from "@tabard/policy"
import type { Manifest, ManifestTool } from "../manifest.ts"
import type { PlaceOf } from "./place.ts"

/** One entry of a manifest, and what it can come to. */
export interface DeclaredUse {
  readonly entry: ManifestTool
  /** Where it stands among the manifest's tools. */
  readonly index: number
  /** The server under the one name that is used for it here. */
  readonly server: string
  /** Tools that it covers; null where it covers whatever the server has of a class, and nobody said what that is. */
  readonly tools: readonly string[] | null
  /** Every class that one of them may have. */
  readonly effects: readonly EffectClass[]
  /** Whether the definitions behind it were handed in; else its effects are guessed on the careful side. */
  readonly isDefined: boolean
}

/** What is written by hand beside a manifest. */
export interface WrittenBeside {
  readonly file: string
  readonly text: string
  readonly policies: readonly WrittenPolicy[]
  /** What its permits can come to, with their conditions left out. */
  readonly uses: readonly DeclaredUse[]
  /** Tools that it names, and whose definition nobody handed in. */
  readonly undefinedTools: readonly string[]
}

/** An agent as one file declares it. */
export interface AgentDeclaration {
  /** What other files and the standards call it. */
  readonly agent: string
  readonly file: string
  readonly manifest: Manifest
  readonly uses: readonly DeclaredUse[]
  readonly placeOf: PlaceOf
  /** What lies beside the manifest; null where nothing does. */
  readonly byHand: WrittenBeside | null
}
