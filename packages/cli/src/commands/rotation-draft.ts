import { open, readFile, rename, rm } from "node:fs/promises"
import {
  type Credentials,
  destroyKey,
  Refused,
  readCredentials,
  TokenSource,
  writeCredentials,
} from "@tabard/client"
import { Problem } from "@tabard/core"

/** Credentials with a new key that is not known yet to count. */
export interface RotationDraft extends AsyncDisposable {
  /** Puts them in the place of the present ones, at once for whoever reads them. */
  putInPlace(): Promise<void>
  /** Throws them and their key away. */
  forget(): Promise<void>
}

/**
 * Writes credentials beside the present ones (0600), so that a new key is kept before the server hears of it. They stay
 * there until they are put in place or forgotten; finishRotation finds what was left by a stop in between.
 *
 * @throws {Problem} body_invalid where they cannot be kept, or another rotation is under way
 */
export async function beginRotation(path: string, credentials: Credentials): Promise<RotationDraft> {
  const draft = draftOf(path)
  const file = await open(draft, "wx", 0o600).catch(async (cause: unknown) => {
    await destroyKey(credentials.key).catch(() => undefined)
    throw new Problem("body_invalid", `${draft} cannot be written, or another rotation is under way`, {
      cause,
    })
  })
  await file.writeFile(writeCredentials(credentials))
  await file.sync()
  return {
    putInPlace: () => rename(draft, path),
    forget: async () => {
      await rm(draft, { force: true })
      await destroyKey(credentials.key).catch(() => undefined)
    },
    [Symbol.asyncDispose]: () => file.close(),
  }
}

/**
 * Brings to its end what a rotation left that was stopped half-way: where the issuer gives the new key a token it counts,
 * and takes its place; where it does not know the key, the draft is thrown away. Answers whether the new key is in place.
 *
 * @throws whatever the issuer could not be asked for
 */
export async function finishRotation(path: string, now: () => Date): Promise<boolean> {
  const draft = draftOf(path)
  const text = await readFile(draft, "utf8").catch(() => undefined)
  if (text === undefined) return false
  const counts = await isKnown(text, now)
  if (counts) await rename(draft, path)
  else await rm(draft, { force: true })
  return counts
}

/** A draft that is no whole file was never told of. An agent that is stopped gets no token, whatever its keys. */
async function isKnown(text: string, now: () => Date): Promise<boolean> {
  const credentials = parsed(text)
  if (!credentials) return false
  try {
    await new TokenSource(credentials, { now }).token()
    return true
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (error.code === "invalid_client" || error.code === "invalid_dpop_proof") return false
    throw error
  }
}

function parsed(text: string): Credentials | undefined {
  try {
    return readCredentials(text)
  } catch {
    return undefined
  }
}

function draftOf(path: string): string {
  return `${path}.next`
}
