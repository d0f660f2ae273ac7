import { stringify } from "yaml"
import type { Manifest } from "../manifest.ts"

/** Writes a manifest as YAML that reads as the same manifest; what is not stated is left out. */
export function writeManifest(manifest: Manifest): string {
  return stringify(manifest, { schema: "core", aliasDuplicateObjects: false, lineWidth: 0 })
}
