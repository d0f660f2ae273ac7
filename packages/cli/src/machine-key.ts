import { randomBytes } from "node:crypto"
import { mkdir, open, readFile } from "node:fs/promises"
import { dirname } from "node:path"
import { Problem, Secret } from "@tabard/core"

/**
 * Answers a machine's own secret, made on its first use and readable by its owner alone. Fingerprints of one machine
 * are told apart by it; they say nothing on another.
 *
 * @throws {Problem} body_invalid where it can be neither made nor read
 */
export async function machineKey(path: string): Promise<Secret> {
  try {
    await makeOnce(path)
    return new Secret(await readFile(path, "utf8"))
  } catch (cause) {
    throw new Problem(
      "body_invalid",
      `the machine's key ${path}, which fingerprints are made with, cannot be made or read: let XDG_CONFIG_HOME name a folder that can be written`,
      { cause },
    )
  }
}

/** Exclusive: of two first uses at once one makes the key, and both read it. */
async function makeOnce(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await using file = await open(path, "wx", 0o600)
    await file.writeFile(randomBytes(32).toString("base64"))
    await file.sync()
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error
  }
}
