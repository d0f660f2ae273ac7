import { mkdir } from "node:fs/promises"
import type { Store } from "@tabard/control"
import { type Clock, Problem } from "@tabard/core"
import { openPostgres, openSqlite } from "@tabard/store"
import type { Config } from "./config.ts"

/**
 * Opens what everything is kept in.
 *
 * @throws {Problem} body_invalid, where the data directory cannot be written; StoreProblem, where the store cannot be opened
 */
export async function openStore({ data, store }: Config, clock: Clock): Promise<Store> {
  await makeDirectory(data)
  switch (store.kind) {
    case "sqlite":
      return openSqlite({ path: store.path, clock })
    case "postgres":
      return openPostgres({ url: store.url.reveal(), clock })
  }
}

async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new Problem("body_invalid", `the data directory ${path} cannot be made; give another with --data`, {
      cause,
    })
  }
}
