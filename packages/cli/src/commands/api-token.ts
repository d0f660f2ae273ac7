import { readFile, stat } from "node:fs/promises"
import { resolve } from "node:path"
import { Problem } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { keptSession } from "./kept-session.ts"
import { serverOrigin } from "./reporter-file.ts"

/**
 * Answers what to ask a server with: the API token of the file that is named, or of TABARD_TOKEN, or the session that
 * `tabard login` keeps for that server. Never from the command line, which every process of the machine may read.
 *
 * @throws {Problem} api_token_invalid
 */
export async function apiToken(
  surroundings: Pick<Surroundings, "env" | "cwd" | "home">,
  file: string | undefined,
  server: string,
): Promise<string> {
  const { env } = surroundings
  const kept = file === undefined && !env["TABARD_TOKEN"] ? await keptSession(surroundings) : undefined
  return kept?.server === serverOrigin(server) ? kept.token : namedToken(surroundings, file)
}

async function namedToken(
  { env, cwd }: Pick<Surroundings, "env" | "cwd">,
  file: string | undefined,
): Promise<string> {
  const token = (file === undefined ? env["TABARD_TOKEN"] : await readToken(resolve(cwd, file)))?.trim()
  if (token && /^tbd_[0-9A-Za-z]{1,100}$/.test(token)) return token
  if (file === undefined && !token)
    throw new Problem(
      "api_token_invalid",
      "sign in with tabard login, or set TABARD_TOKEN or name a file by --token-file: it holds an API token (tbd_…) that was made at the server",
    )
  const place = file === undefined ? "TABARD_TOKEN" : file
  throw new Problem("api_token_invalid", `${place} holds no API token (tbd_…): have one made at the server`)
}

async function readToken(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile())
    throw new Problem("api_token_invalid", `there is no file ${path} to read a token from`)
  // Windows keeps no such mode.
  if (process.platform !== "win32" && (found.mode & 0o077) !== 0)
    throw new Problem("api_token_invalid", `others may read ${path}: chmod 600 it, and have a new token made`)
  return readFile(path, "utf8")
}
