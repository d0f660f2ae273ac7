import { readFile, stat } from "node:fs/promises"
import { join, resolve } from "node:path"
import { type Credentials, readCredentials } from "@tabard/client"
import { Problem } from "@tabard/core"
import { settingsFolder } from "../settings-folder.ts"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"

/** Which credentials are meant: an agent's, by the name it was enrolled under on this machine, or a file's. */
export interface WhichCredentials {
  readonly agent: string | undefined
  readonly file: string | undefined
}

/** Credentials, and the file that they were read from. */
export interface FoundCredentials {
  readonly credentials: Credentials
  readonly path: string
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/**
 * Answers where the credentials of an agent of that name are kept, below a folder.
 *
 * @throws {UsageError} where that is no name of a file
 */
export function credentialsPath(folder: string, name: string): string {
  if (NAME.test(name)) return join(folder, "agents", `${name}.json`)
  throw new UsageError(
    `an agent's name here has letters, digits, dots and hyphens alone: ${JSON.stringify(name)}`,
  )
}

/**
 * Reads an agent's credentials: the file that is named, or what was enrolled under the name in this folder or in the
 * person's settings. A file that others may read is refused: its key may be known to them.
 *
 * @throws {Problem} body_invalid, with what to do next
 */
export async function agentCredentials(
  surroundings: Pick<Surroundings, "cwd" | "env" | "home">,
  { agent = "agent", file }: WhichCredentials,
): Promise<FoundCredentials> {
  const { cwd } = surroundings
  const folders = [join(cwd, ".tabard"), settingsFolder(surroundings)]
  const places =
    file === undefined ? folders.map((each) => credentialsPath(each, agent)) : [resolve(cwd, file)]
  for (const path of places) {
    const found = await stat(path).catch(() => undefined)
    if (found?.isFile()) return { credentials: await readOwn(path, found.mode), path }
  }
  throw new Problem(
    "body_invalid",
    `there are no credentials in ${places.join(" or ")}; make them with tabard agents enroll, or name their file with --credentials`,
  )
}

async function readOwn(path: string, mode: number): Promise<Credentials> {
  // Windows keeps no such mode.
  if (process.platform !== "win32" && (mode & 0o077) !== 0)
    throw new Problem("body_invalid", `others may read ${path}: chmod 600 it, and rotate its key`)
  const text = await readFile(path, "utf8")
  try {
    return readCredentials(text)
  } catch (error) {
    const why = error instanceof TypeError ? error.message : "It is no JSON."
    // Not as a cause: what could not be parsed may be a key.
    throw new Problem("body_invalid", `${path} holds no credentials: ${why}`)
  }
}
