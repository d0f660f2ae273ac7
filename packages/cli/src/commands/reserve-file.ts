import { randomUUID } from "node:crypto"
import { link, lstat, mkdir, open, rename, rm } from "node:fs/promises"
import { dirname } from "node:path"
import { Problem } from "@tabard/core"

/** A place for a secret file. Disposing of it without keeping leaves nothing behind. */
export interface ReservedFile extends AsyncDisposable {
  /** Writes the file in full; until then nothing is at its path. */
  keep(text: string): Promise<void>
}

/**
 * Makes sure that a file of our user's alone can be written at `path`, and that none is there already: one that is may
 * hold a key that stands nowhere else.
 *
 * @throws {Problem} that tells the one from the other
 */
export async function reserveFile(path: string): Promise<ReservedFile> {
  const draft = `${path}.${randomUUID()}.new`
  await assertFree(path)
  const file = await openDraft(path, draft)
  let written = false
  return {
    async keep(text) {
      await file.writeFile(text)
      await file.sync()
      written = true
      await putInPlace(draft, path)
    },
    async [Symbol.asyncDispose]() {
      await file.close()
      if (!written) await rm(draft, { force: true })
    },
  }
}

/** What was written is never thrown away: where it cannot go to its place, whoever asked is told where it is. */
async function putInPlace(draft: string, path: string): Promise<void> {
  try {
    // A link, unlike a rename, writes over nothing that has come meanwhile.
    await link(draft, path)
    await rm(draft)
  } catch {
    await assertFree(path, `what was to be written is in ${draft}`)
    // Some file systems know no links.
    await rename(draft, path)
  }
}

async function assertFree(path: string, next = "name another with --out"): Promise<void> {
  const found = await lstat(path).catch(() => undefined)
  if (found) {
    throw new Problem("body_invalid", `${path} exists already and is left as it is; ${next}`)
  }
}

async function openDraft(path: string, draft: string): ReturnType<typeof open> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    return await open(draft, "wx", 0o600)
  } catch (cause) {
    throw new Problem("body_invalid", `${path} cannot be written; name another with --out`, { cause })
  }
}
