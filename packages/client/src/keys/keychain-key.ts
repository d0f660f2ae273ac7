import { randomUUID } from "node:crypto"
import { createKey, type PrivateKey, parseKey, publicHalf } from "../key.ts"
import { type KeyHolder, softwareHolder } from "./key-holder.ts"
import type { KeyReference } from "./key-reference.ts"
import { assertSameKey } from "./public-from-der.ts"
import { KeyUnavailable, runTool } from "./run-tool.ts"

/** How one system's keychain is asked, by the program that it brings. What is secret goes by its input alone. */
interface Keychain {
  keep(account: string, secret: string): Promise<unknown>
  read(account: string): Promise<string>
  forget(account: string): Promise<unknown>
}

const SERVICE = "tabard"

/** libsecret's, which GNOME and KDE serve: https://manpages.debian.org/secret-tool */
const LIBSECRET: Keychain = {
  keep: (account, input) =>
    runTool({
      program: "secret-tool",
      args: ["store", "--label=Tabard agent key", ...named(account)],
      input,
    }),
  read: async (account) =>
    String(await runTool({ program: "secret-tool", args: ["lookup", ...named(account)] })),
  forget: (account) => runTool({ program: "secret-tool", args: ["clear", ...named(account)] }),
}

/** macOS's. Its interactive mode reads the secret from its input; as an argument every process could read it. */
const MACOS: Keychain = {
  keep: (account, secret) =>
    runTool({
      program: "security",
      args: ["-i"],
      input: `add-generic-password -s ${SERVICE} -a ${account} -w ${secret}\n`,
    }),
  read: async (account) =>
    String(
      await runTool({
        program: "security",
        args: ["find-generic-password", "-s", SERVICE, "-a", account, "-w"],
      }),
    ),
  forget: (account) =>
    runTool({ program: "security", args: ["delete-generic-password", "-s", SERVICE, "-a", account] }),
}

function named(account: string): readonly string[] {
  return ["service", SERVICE, "account", account]
}

/**
 * Makes a key and keeps it in this person's keychain, and nowhere else. It is read back before it is believed to be kept.
 *
 * @throws {KeyUnavailable}
 */
export async function makeKeychainKey(platform: NodeJS.Platform = process.platform): Promise<KeyReference> {
  const key = await createKey()
  const place = randomUUID()
  await keychainOf(platform).keep(place, Buffer.from(JSON.stringify(key)).toString("base64url"))
  const reference: KeyReference = { storage: "keychain", place, publicKey: publicHalf(key) }
  await openKeychainKey(reference, platform)
  return reference
}

/**
 * Answers a key from this person's keychain.
 *
 * @throws {KeyUnavailable} where it is not there any more, or the keychain is locked
 */
export async function openKeychainKey(
  { place, publicKey }: KeyReference,
  platform: NodeJS.Platform = process.platform,
): Promise<KeyHolder> {
  const key = parsed(await keychainOf(platform).read(place), place)
  assertSameKey(publicHalf(key), publicKey, place)
  return softwareHolder(key, "keychain")
}

/** Takes a key out of this person's keychain, for good. */
export async function destroyKeychainKey(
  { place }: KeyReference,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  await keychainOf(platform).forget(place)
}

function keychainOf(platform: NodeJS.Platform): Keychain {
  if (platform === "win32")
    throw new KeyUnavailable("Windows' keychain is not supported; keep the key in a file.")
  return platform === "darwin" ? MACOS : LIBSECRET
}

function parsed(secret: string, place: string): PrivateKey {
  try {
    return parseKey(JSON.parse(Buffer.from(secret.trim(), "base64url").toString()))
  } catch {
    // Not as a cause: what could not be parsed is a secret.
    throw new KeyUnavailable(`The keychain holds no key ${place}; enrol again.`)
  }
}
