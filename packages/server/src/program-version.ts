import { readFile } from "node:fs/promises"

const MANIFEST = new URL("../package.json", import.meta.url)

/** Answers the version of the program that runs, as its manifest says it. */
export async function programVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(MANIFEST, "utf8"))
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "of an unknown version"
}
