import { readFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { Problem } from "@tabard/core"
import type { TileReader } from "@tabard/log"
import { fileTileStore } from "@tabard/log/files"
import { httpTileReader } from "@tabard/log/http"
import type { Surroundings } from "../surroundings.ts"
import { apiToken } from "./api-token.ts"
import { serverOrigin } from "./reporter-file.ts"

/** Where a log is read, and the key that lies beside it. */
export interface LogSource {
  /** As it is said to people. */
  readonly place: string
  readonly tiles: TileReader
  /** Proves only that the log agrees with itself. */
  keyBeside(): Promise<string>
}

/** Opens a log in a directory or at an address. */
export async function logSource(
  place: string,
  tokenFile: string | undefined,
  surroundings: Surroundings,
  { witnessed = false }: { readonly witnessed?: boolean } = {},
): Promise<LogSource> {
  return /^https?:\/\//i.test(place)
    ? servedLog(place, tokenFile, surroundings, witnessed)
    : keptLog(resolve(surroundings.cwd, place))
}

function keptLog(directory: string): LogSource {
  return {
    place: directory,
    tiles: fileTileStore(directory),
    keyBeside: () =>
      readFile(join(directory, "vkey"), "utf8").catch((cause: unknown) => {
        throw new Problem(
          "body_invalid",
          `there is no log in ${directory}; name its directory, and its key with --vkey`,
          { cause },
        )
      }),
  }
}

async function servedLog(
  url: string,
  tokenFile: string | undefined,
  surroundings: Surroundings,
  witnessed: boolean,
): Promise<LogSource> {
  serverOrigin(url)
  const hasToken = tokenFile !== undefined || surroundings.env["TABARD_TOKEN"] !== undefined
  const { signal } = surroundings
  const log = {
    url,
    witnessed,
    fetch,
    signal,
    pause: (milliseconds: number) => wait(milliseconds, undefined, { signal }),
  }
  return {
    place: url,
    tiles: httpTileReader(hasToken ? { ...log, token: await apiToken(surroundings, tokenFile, url) } : log),
    // What the server itself hands out would prove nothing about the server.
    keyBeside: () => {
      throw new Problem(
        "body_invalid",
        "name the log's key as you kept it with --vkey, or a policy that names it",
      )
    },
  }
}
