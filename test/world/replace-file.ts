import { rename, writeFile } from "node:fs/promises"

/** Puts other bytes in a file's place at once: who reads it meanwhile finds the old or the new, whole. */
export async function replaceFile(path: string, bytes: string | Uint8Array): Promise<void> {
  const beside = `${path}.new`
  await writeFile(beside, bytes)
  await rename(beside, path)
}
