import { createHash } from "node:crypto"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { KeyHolder } from "./key-holder.ts"
import type { KeyReference } from "./key-reference.ts"
import { assertSameKey, publicFromDer } from "./public-from-der.ts"
import { runTool } from "./run-tool.ts"
import { rawFromDer } from "./signature-from-der.ts"

/** What a key is that was made in this TPM, cannot leave it, and does nothing but sign. */
const ATTRIBUTES = "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|sign|noda"

/**
 * Makes a key inside the TPM, keeps it there under a lasting handle, and answers that. It is reached by tpm2-tools, which
 * finds the TPM by TPM2TOOLS_TCTI or its own defaults.
 *
 * @throws {KeyUnavailable}
 */
export function makeTpmKey(): Promise<KeyReference> {
  return inFolder(async (file) => {
    const [primary, loaded] = [file("primary.ctx"), file("key.ctx")]
    const halves = ["-u", file("key.pub"), "-r", file("key.priv")]
    await tpm("createprimary", ["-Q", "-C", "o", "-G", "ecc256", "-c", primary])
    await freeSlots()
    await tpm("create", ["-Q", "-C", primary, "-G", "ecc256:ecdsa", "-a", ATTRIBUTES, ...halves])
    await freeSlots()
    await tpm("load", ["-Q", "-C", primary, ...halves, "-c", loaded])
    await freeSlots()
    const said = String(await tpm("evictcontrol", ["-C", "o", "-c", loaded]))
    await freeSlots()
    const place = /persistent-handle: (0x[0-9a-fA-F]+)/.exec(said)?.[1]
    if (!place) throw new TypeError("tpm2_evictcontrol named no handle")
    return { storage: "tpm", place, publicKey: await publicOf(place) }
  })
}

/**
 * Answers a key of the TPM.
 *
 * @throws {KeyUnavailable} where the TPM is not there, or holds another key under that handle
 */
export async function openTpmKey({ place, publicKey }: KeyReference): Promise<KeyHolder> {
  assertSameKey(await publicOf(place), publicKey, place)
  return { publicKey, storage: "tpm", sign: (bytes) => signAt(place, bytes) }
}

/** Takes a key out of the TPM, for good. */
export async function destroyTpmKey({ place }: KeyReference): Promise<void> {
  await tpm("evictcontrol", ["-Q", "-C", "o", "-c", place])
}

function signAt(place: string, bytes: Uint8Array): Promise<Uint8Array> {
  return inFolder(async (file) => {
    const [digest, signature] = [file("digest"), file("signature")]
    await writeFile(digest, createHash("sha256").update(bytes).digest())
    await tpm("sign", [
      "-Q",
      "-c",
      place,
      "-g",
      "sha256",
      "-s",
      "ecdsa",
      "-f",
      "plain",
      "-d",
      "-o",
      signature,
      digest,
    ])
    return rawFromDer(await readFile(signature))
  })
}

function publicOf(place: string): Promise<KeyReference["publicKey"]> {
  return inFolder(async (file) => {
    await tpm("readpublic", ["-Q", "-c", place, "-f", "der", "-o", file("public")])
    return publicFromDer(await readFile(file("public")))
  })
}

/** A TPM without a resource manager has three places for what is loaded, and the tools leave theirs behind. */
function freeSlots(): Promise<Buffer> {
  return tpm("flushcontext", ["-t"])
}

function tpm(command: string, args: readonly string[]): Promise<Buffer> {
  return runTool({ program: `tpm2_${command}`, args })
}

/** The tools pass what they work on in files; nothing in them is secret, and they are gone afterwards. */
async function inFolder<Result>(work: (file: (name: string) => string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "tabard-tpm-"))
  try {
    return await work((name) => join(folder, name))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
