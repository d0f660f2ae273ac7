import { readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { isPrivateAddress, type ReporterCredentials, readReporter } from "@tabard/client"
import { Problem } from "@tabard/core"
import { settingsFolder } from "../settings-folder.ts"
import type { Surroundings } from "../surroundings.ts"

/**
 * Answers the origin of a server's address that a person typed.
 *
 * @throws {Problem} body_invalid, where what is sent there could be read on the way
 */
export function serverOrigin(address: string): string {
  const url = URL.parse(address)
  if (!url || !isPrivateAddress(address)) {
    throw new Problem(
      "body_invalid",
      `${JSON.stringify(address)} is no https address of a server (http is for this machine alone)`,
    )
  }
  return url.origin
}

/** Answers where this machine's credentials for a server are kept; beside it, its reports that were not sent. */
export function reporterFile(surroundings: Pick<Surroundings, "env" | "home">, origin: string): string {
  const name = new URL(origin).host.replaceAll(/[^A-Za-z0-9.-]/g, "_")
  return join(settingsFolder(surroundings), "reporters", `${name}.json`)
}

/**
 * Reads this machine's credentials for a server.
 *
 * @throws {Problem} reporter_unknown, where it is not enrolled there; body_invalid, where the file is damaged or others may
 * read it
 */
export async function reporterCredentials(
  surroundings: Pick<Surroundings, "env" | "home">,
  origin: string,
): Promise<ReporterCredentials> {
  const path = reporterFile(surroundings, origin)
  await assertPrivate(path)
  const text = await readFile(path, "utf8").catch(() => undefined)
  if (text === undefined) {
    const words = `this machine is not enrolled at ${origin}: have an administrator make a code, and run tabard reporters enroll ${origin} CODE`
    throw new Problem("reporter_unknown", words)
  }
  try {
    const credentials = readReporter(text)
    if (new URL(credentials.reports).origin === origin) return credentials
  } catch {
    // What is wrong with it is one thing to the person: it has to be made anew.
  }
  throw new Problem("body_invalid", `${path} is damaged: enrol again, with --replace`)
}

/** A key that others could read is not only ours any more. Windows keeps no such mode. */
async function assertPrivate(path: string): Promise<void> {
  if (process.platform === "win32") return
  const found = await stat(path).catch(() => undefined)
  if (!found || (found.mode & 0o077) === 0) return
  throw new Problem(
    "body_invalid",
    `${path} holds a key and others may read it: chmod 600 it, or enrol anew with --replace`,
  )
}
