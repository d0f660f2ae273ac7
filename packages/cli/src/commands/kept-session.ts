import { randomUUID } from "node:crypto"
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises"
import { dirname, join } from "node:path"
import { isJsonObject, type Json, Problem } from "@tabard/core"
import { settingsFolder } from "../settings-folder.ts"
import type { Surroundings } from "../surroundings.ts"

type Place = Pick<Surroundings, "env" | "home">

/** A session of the person who runs the command, at the server that they signed in to last. */
export interface KeptSession {
  readonly server: string
  readonly token: string
}

/** Where it is kept. */
export function sessionFile(place: Place): string {
  return join(settingsFolder(place), "session.json")
}

/** Keeps a session in a file of our user's alone, in the place of the one before. */
export async function keepSession(place: Place, session: KeptSession): Promise<void> {
  const path = sessionFile(place)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomUUID()}.new`
  const file = await open(draft, "wx", 0o600)
  try {
    await file.writeFile(`${JSON.stringify(session)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
}

/**
 * Answers the session that is kept, or undefined where none is.
 *
 * @throws {Problem} api_token_invalid, where others may read it
 */
export async function keptSession(place: Place): Promise<KeptSession | undefined> {
  const path = sessionFile(place)
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) return undefined
  // Windows keeps no such mode.
  if (process.platform !== "win32" && (found.mode & 0o077) !== 0)
    throw new Problem(
      "api_token_invalid",
      `others may read ${path}: remove it, and sign in with tabard login`,
    )
  const text = await readFile(path, "utf8")
  return sessionIn(text)
}

/** Forgets the session that is kept. */
export async function forgetSession(place: Place): Promise<void> {
  await rm(sessionFile(place), { force: true })
}

function sessionIn(text: string): KeptSession | undefined {
  try {
    const kept: Json = JSON.parse(text)
    if (!isJsonObject(kept)) return undefined
    const { server, token } = kept
    const isToken = typeof token === "string" && /^tbs_[\w-]{20,200}$/.test(token)
    return typeof server === "string" && isToken ? { server, token } : undefined
  } catch {
    return undefined
  }
}
