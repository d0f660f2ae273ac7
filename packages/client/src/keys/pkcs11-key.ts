import { createHash, randomBytes } from "node:crypto"
import { readFile, stat } from "node:fs/promises"
import { InTurn } from "./in-turn.ts"
import type { KeyHolder } from "./key-holder.ts"
import type { KeyReference } from "./key-reference.ts"
import { formatPkcs11Uri, type Pkcs11Uri, parsePkcs11Uri } from "./pkcs11-uri.ts"
import { assertSameKey, publicFromDer } from "./public-from-der.ts"
import { KeyUnavailable, runTool, type ToolQuestion } from "./run-tool.ts"

/** The variable that the token's PIN is read from where no file is named. */
const PIN_VARIABLE = "TABARD_PKCS11_PIN"

/** A variable of the child's alone: arguments can be read by every process of the machine. */
const CHILD_PIN = "PKCS11_TOOL_PIN"

/**
 * Makes a key inside a PKCS#11 token, which never lets it out, and answers where it is. It is reached by `pkcs11-tool`
 * of OpenSC: no native code runs in this process.
 *
 * @throws {KeyUnavailable}
 */
export async function makePkcs11Key(address: string): Promise<KeyReference> {
  const asked = parsePkcs11Uri(address)
  const uri = { ...asked, id: asked.id ?? randomBytes(16).toString("hex") }
  if (await isTaken(uri)) throw new KeyUnavailable(`The token holds a key ${uri.id} already; name another.`)
  const label = `tabard-${uri.id.slice(0, 8)}`
  await ask(uri, [
    "--keypairgen",
    "--key-type",
    "EC:prime256v1",
    "--label",
    label,
    "--usage-sign",
    "--sensitive",
  ])
  return { storage: "pkcs11", place: formatPkcs11Uri(uri), publicKey: await publicOf(uri) }
}

/**
 * Answers a key of a PKCS#11 token.
 *
 * @throws {KeyUnavailable} where the token is not there, or holds another key under that name
 */
export async function openPkcs11Key({ place, publicKey }: KeyReference): Promise<KeyHolder> {
  const uri = parsePkcs11Uri(place)
  assertSameKey(await publicOf(uri), publicKey, place)
  return {
    publicKey,
    storage: "pkcs11",
    sign: (bytes) =>
      ask(uri, ["--sign", "--mechanism", "ECDSA", "--signature-format", "rs"], sha256(bytes)).then(
        rawSignature,
      ),
  }
}

/** Destroys a key of a PKCS#11 token, for good. */
export async function destroyPkcs11Key({ place }: KeyReference): Promise<void> {
  const uri = parsePkcs11Uri(place)
  for (const type of ["privkey", "pubkey"]) await ask(uri, ["--delete-object", "--type", type])
}

async function isTaken(uri: Pkcs11Uri): Promise<boolean> {
  return publicOf(uri).then(
    () => true,
    () => false,
  )
}

async function publicOf(uri: Pkcs11Uri): Promise<KeyReference["publicKey"]> {
  return publicFromDer(await ask(uri, ["--read-object", "--type", "pubkey"]))
}

/** Tokens take one program at a time; some say to a second one that they are not there. */
const turns = new InTurn()
const TRIES = 5
const NOT_SEEN = /No slot with token|CKR_TOKEN_NOT_(PRESENT|RECOGNIZED)/

async function ask(uri: Pkcs11Uri, args: readonly string[], input?: Uint8Array): Promise<Buffer> {
  const { module, token, id = "" } = uri
  const place = ["--module", module, "--token-label", token]
  const question = {
    program: "pkcs11-tool",
    args: [...place, "--login", "--pin", `env:${CHILD_PIN}`, "--id", id, ...args],
    secrets: { [CHILD_PIN]: await pinOf(uri) },
    ...(input && { input }),
  }
  return turns.run(() => askAgain(question, TRIES))
}

/** Another process of this machine may be asking the token at this moment. */
async function askAgain(question: ToolQuestion, tries: number): Promise<Buffer> {
  try {
    return await runTool(question)
  } catch (error) {
    const mayBeBusy = error instanceof KeyUnavailable && NOT_SEEN.test(error.message)
    if (!mayBeBusy || tries === 1) throw error
    return askAgain(question, tries - 1)
  }
}

async function pinOf({ pinSource, token }: Pkcs11Uri): Promise<string> {
  const pin = pinSource === undefined ? process.env[PIN_VARIABLE] : await readPin(pinSource)
  if (!pin)
    throw new KeyUnavailable(
      `The PIN of the token ${token} is not known; name a file (0600) with pin-source, or set ${PIN_VARIABLE}.`,
    )
  return pin
}

async function readPin(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new KeyUnavailable(`There is no file ${path} to read a PIN from.`)
  if (process.platform !== "win32" && (found.mode & 0o077) !== 0)
    throw new KeyUnavailable(`Others may read ${path}, which holds a PIN: chmod 600 it.`)
  return (await readFile(path, "utf8")).trim()
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest()
}

function rawSignature(bytes: Buffer): Uint8Array {
  if (bytes.length !== 64) throw new KeyUnavailable("The token answered something else than a signature.")
  return bytes
}
