import { mkdir, stat } from "node:fs/promises"
import { dirname } from "node:path"
import type { Store } from "@tabard/control"
import { type Clock, Problem } from "@tabard/core"
import { openPostgres, openSqlite, type PostgresStore } from "@tabard/store"
import type { Config } from "./config.ts"

/**
 * Opens what everything is kept in.
 *
 * @throws {Problem} body_invalid, where the data directory cannot be written; StoreProblem, where the store cannot be opened
 */
export async function openStore({ data, store, production }: Config, clock: Clock): Promise<Store> {
  await makeDirectory(data)
  switch (store.kind) {
    case "sqlite":
      return openSqlite({ path: store.path, clock })
    case "postgres":
      return openWalled(await openPostgres({ url: store.url.reveal(), clock }), production)
  }
}

/** In production the second wall between organisations must stand: row-level security does not bind a superuser. */
async function openWalled(store: PostgresStore, production: boolean): Promise<Store> {
  if (!production || !(await store.bypassesRowSecurity())) return store
  await store[Symbol.asyncDispose]()
  throw new Problem(
    "body_invalid",
    "the database user stands above row-level security: connect as one that is neither superuser nor has BYPASSRLS",
  )
}

async function makeDirectory(path: string): Promise<void> {
  try {
    await makeWithParents(path)
  } catch (cause) {
    throw new Problem("body_invalid", `the data directory ${path} cannot be made; give another with --data`, {
      cause,
    })
  }
}

/** One directory after another: Node's own recursive way does not end where the kernel denies that a parent is there, as below /proc. */
async function makeWithParents(path: string): Promise<void> {
  if (await isDirectory(path)) return
  const parent = dirname(path)
  if (parent !== path) await makeWithParents(parent)
  await mkdir(path, { mode: 0o700 }).catch(async (error: unknown) => {
    if (!(await isDirectory(path))) throw error
  })
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}
