import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A directory that only this user can enter, gone when it is disposed of. */
export interface PrivateDirectory extends AsyncDisposable {
  readonly path: string
}

/** Makes a directory that nobody else can enter (0700) under a name that nobody can guess. */
export async function privateDirectory(): Promise<PrivateDirectory> {
  const path = await mkdtemp(join(tmpdir(), "tabard-"))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
