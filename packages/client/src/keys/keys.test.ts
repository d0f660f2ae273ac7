import assert from "node:assert/strict"
import { createPublicKey, verify } from "node:crypto"
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, afterEach, before, describe, it } from "node:test"
import { fakeKeychains } from "../testing/fake-keychain.ts"
import { lacks, type SoftToken, softToken, softTpm } from "../testing/software-tokens.ts"
import { destroyKey, holdKey, makeKey } from "./hold-key.ts"
import type { KeyHolder } from "./key-holder.ts"
import { type AgentKey, isReference, parseAgentKey, storageOf } from "./key-reference.ts"
import { destroyKeychainKey, makeKeychainKey, openKeychainKey } from "./keychain-key.ts"

const TEXT = Buffer.from("what is signed")

/** What every place of a key promises. */
function keyContract(place: string, make: () => Promise<AgentKey>): void {
  it("signs as ES256 does, again after it was written down and read", async () => {
    const key = await make()
    assert.ok(await verifies(await holdKey(key)))
    const read = parseAgentKey(JSON.parse(JSON.stringify(key)))
    assert.deepEqual(read, key)
    assert.ok(await verifies(await holdKey(read)))
  })

  it("makes another key at each asking, and says where it keeps it", async () => {
    const keys = [await make(), await make()]
    const holders = await Promise.all(keys.map(holdKey))
    assert.notEqual(holders[0]?.publicKey.x, holders[1]?.publicKey.x)
    assert.deepEqual([...new Set(keys.map(storageOf)), holders[0]?.storage], [place, place])
  })

  it("signs many times, each time whole", async () => {
    const holder = await holdKey(await make())
    for (let count = 0; count < 20; count++) assert.ok(await verifies(holder))
  })
}

/** What every place promises besides that is not the file of the credentials. */
function keptElsewhere(make: () => Promise<AgentKey>): void {
  it("leaves no private half in what is written down", async () => {
    const key = await make()
    assert.ok(isReference(key))
    assert.doesNotMatch(JSON.stringify(key), /"d"/)
  })

  it("refuses another key that lies where the enrolled one lay", async () => {
    const [one, other] = [await make(), await make()]
    assert.ok(isReference(one) && isReference(other))
    await assert.rejects(
      holdKey({ ...one, place: other.place }),
      /another key than the one that was enrolled/,
    )
  })

  it("is gone once it is destroyed", async () => {
    const key = await make()
    await destroyKey(key)
    await assert.rejects(holdKey(structuredClone(key)), { name: "KeyUnavailable" })
  })
}

describe("a key in the file of its credentials", () => {
  keyContract("file", () => makeKey("file"))
})

describe("a key in the keychain", () => {
  let folder = ""
  let keychains: Disposable
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tabard-keychain-"))
    keychains = await fakeKeychains(folder)
  })
  after(async () => {
    keychains[Symbol.dispose]()
    await rm(folder, { recursive: true })
  })
  keyContract("keychain", () => makeKey("keychain"))
  keptElsewhere(() => makeKey("keychain"))

  for (const platform of ["linux", "darwin"] as const)
    it(`is kept, read and taken away by the program of ${platform}`, async () => {
      const key = await makeKeychainKey(platform)
      assert.ok(await verifies(await openKeychainKey(key, platform)))
      await destroyKeychainKey(key, platform)
      await assert.rejects(openKeychainKey(key, platform), { name: "KeyUnavailable" })
    })

  it("is not believed to be kept where the keychain only says so", async () => {
    await writeFile(join(folder, "secret-tool"), "#!/bin/sh\nexit 0\n")
    await assert.rejects(makeKeychainKey("linux"), /holds no key/)
  })

  it("is refused in words where there is no keychain", async () => {
    await assert.rejects(makeKeychainKey("win32"), /keep the key in a file/)
  })
})

describe("a key in a PKCS#11 token", { skip: lacks("softhsm2-util", "pkcs11-tool") }, () => {
  let token: SoftToken
  before(async () => {
    token = await softToken()
  })
  after(() => token[Symbol.asyncDispose]())
  keyContract("pkcs11", () => makeKey(token.address))
  keptElsewhere(() => makeKey(token.address))

  it("is not made over one that has its name", async () => {
    const address = token.address.replace("?", ";id=%0a%01?")
    await makeKey(address)
    await assert.rejects(makeKey(address), /holds a key 0a01 already/)
  })

  it("needs a PIN from a file that others cannot read, or from the environment", async () => {
    const bare = token.address.replace(/&pin-source=.*/, "")
    await assert.rejects(makeKey(bare), /PIN of the token agents is not known/)
    process.env["TABARD_PKCS11_PIN"] = "1234"
    assert.ok(await verifies(await holdKey(await makeKey(bare))))
    delete process.env["TABARD_PKCS11_PIN"]
    await chmod(token.pinFile, 0o644)
    await assert.rejects(makeKey(token.address), /Others may read/)
    await chmod(token.pinFile, 0o600)
  })
})

describe("a key in a TPM", { skip: lacks("swtpm", "tpm2_sign") }, () => {
  let tpm: AsyncDisposable
  before(async () => {
    tpm = await softTpm()
  })
  after(() => tpm[Symbol.asyncDispose]())
  const made: AgentKey[] = []
  // A TPM keeps few keys for good.
  afterEach(async () => {
    for (const key of made.splice(0)) await destroyKey(key).catch(() => undefined)
  })
  const make = async (): Promise<AgentKey> => {
    const key = await makeKey("tpm")
    made.push(key)
    return key
  }
  keyContract("tpm", make)
  keptElsewhere(make)
})

describe("a key's place", () => {
  for (const place of [
    "cloud",
    "pkcs11:token=a",
    "pkcs11:token=a;pin-value=1?module-path=/x.so",
    "pkcs11:token=a;token=b?module-path=/x.so",
    "pkcs11:token=%zz?module-path=/x.so",
    "pkcs11:token=a;id=12?module-path=/x.so",
  ])
    it(`is refused where it is ${place}`, async () => {
      await assert.rejects(makeKey(place), TypeError)
    })

  for (const key of [
    null,
    {},
    { storage: "cloud", place: "x" },
    { storage: "tpm", place: "" },
    { storage: "tpm", place: "0x1", publicKey: { kty: "RSA" } },
  ])
    it(`is not read from ${JSON.stringify(key)}`, () => {
      assert.throws(() => parseAgentKey(key), TypeError)
    })
})

async function verifies(holder: KeyHolder): Promise<boolean> {
  const key = createPublicKey({ key: { ...holder.publicKey }, format: "jwk" })
  return verify("sha256", TEXT, { key, dsaEncoding: "ieee-p1363" }, await holder.sign(TEXT))
}
