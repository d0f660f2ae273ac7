import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { joinBytes } from "./bytes.ts"
import { MalformedRecord, UntrustedNote } from "./log-errors.ts"
import { ed25519Signer, sha256, verifySignature } from "./node-crypto.ts"
import { noteKey } from "./note-key.ts"
import { signText, verifyNote } from "./note-signatures.ts"
import type { NoteSignature } from "./signed-note.ts"

const TEXT = "example.test/log\n0\n"
const LOG = ed25519Signer("example.test/log", new Uint8Array(32).fill(1))
const OTHER = ed25519Signer("example.test/log", new Uint8Array(32).fill(2))
const WITNESS = witnessOf("example.test/witness", 3)

describe("verifying a note", () => {
  it("answers who has signed, and when a witness says that it has seen it", async () => {
    const signatures = [await signText(LOG, TEXT), await cosign(TEXT, 1_700_000_000)]

    assert.deepEqual(await verify(signatures), [{ key: LOG.key }, { key: WITNESS.key, time: 1_700_000_000 }])
  })

  it("passes over keys that nobody named", async () => {
    const signatures = [await signText(OTHER, TEXT), await signText(LOG, TEXT)]
    assert.deepEqual(await verify(signatures), [{ key: LOG.key }])
  })

  it("refuses a note that no trusted key has signed", async () => {
    await assert.rejects(verify([await signText(OTHER, TEXT)]), UntrustedNote)
    await assert.rejects(verify([]), UntrustedNote)
  })

  it("tells who is named as its signer, to a reader who has the key of another log", async () => {
    const next = ed25519Signer("example.test/log/2", new Uint8Array(32).fill(4))
    await assert.rejects(
      verify([await signText(next, TEXT)]),
      /has signed it; it names example\.test\/log\/2$/,
    )
  })

  it("refuses the whole note where one signature of a trusted key is bad", async () => {
    const good = await signText(LOG, TEXT)
    const cosigned = await cosign(TEXT, 1_700_000_000)
    for (const bad of [
      await signText(LOG, "another\n"),
      { ...good, bytes: good.bytes.subarray(1) },
      { ...good, bytes: joinBytes([good.bytes, Uint8Array.of(0)]) },
      { ...cosigned, bytes: cosigned.bytes.with(7, 1) },
      { ...cosigned, bytes: cosigned.bytes.subarray(0, 8) },
    ]) {
      await assert.rejects(verify([good, bad]), UntrustedNote)
    }
  })

  it("does not take a log's signature for a witness's, or the other way round", async () => {
    const plain = { ...(await signText(LOG, TEXT)), name: WITNESS.key.name, keyId: WITNESS.key.id }
    await assert.rejects(verify([plain]), UntrustedNote)
    await assert.rejects(signText(WITNESS, TEXT), MalformedRecord)
  })
})

describe("signing with Node", () => {
  it("refuses a secret that is no Ed25519 key", () => {
    assert.throws(() => ed25519Signer("example.test/log", new Uint8Array(31)), RangeError)
  })

  it("verifies nothing under bytes that are no public key", async () => {
    const { bytes } = await signText(LOG, TEXT)
    assert.equal(
      await verifySignature(new Uint8Array(31), new TextEncoder().encode(TEXT), bytes, "ed25519"),
      false,
    )
  })
})

function verify(signatures: readonly NoteSignature[]): ReturnType<typeof verifyNote> {
  return verifyNote(verifySignature, { text: TEXT, signatures }, [LOG.key, WITNESS.key])
}

function witnessOf(name: string, seed: number): typeof LOG {
  const signer = ed25519Signer(name, new Uint8Array(32).fill(seed))
  return { ...signer, key: noteKey(sha256, { ...signer.key, type: "cosignature/v1" }) }
}

async function cosign(text: string, time: number): Promise<NoteSignature> {
  const message = new TextEncoder().encode(`cosignature/v1\ntime ${time}\n${text}`)
  const stamp = new Uint8Array(8)
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time))
  const bytes = joinBytes([stamp, await WITNESS.sign(message)])
  return { name: WITNESS.key.name, keyId: WITNESS.key.id, bytes }
}
