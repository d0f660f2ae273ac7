import assert from "node:assert/strict"
import { describe, it } from "node:test"
import * as fc from "fast-check"
import { tileHashReader } from "./hash-reader.ts"
import { hashLeaf, hashNode } from "./hashing.ts"
import { proveInclusion } from "./inclusion-proof.ts"
import { BrokenProof } from "./log-errors.ts"
import { emptyLog, integrate } from "./log-writer.ts"
import { memoryTileStore } from "./memory-tile-store.ts"
import { ed25519Signer, sha256 } from "./node-crypto.ts"
import { formatVerifierKey } from "./note-key.ts"
import { parsePolicy } from "./parse-policy.ts"
import { publish } from "./publish-checkpoint.ts"
import { verifyProof } from "./tlog-proof.ts"
import { verifySignature, withSha256 } from "./web-crypto.ts"

const SIGNER = ed25519Signer("example.test/log", new Uint8Array(32).fill(1))

describe("the log with WebCrypto, as in a browser", () => {
  it("comes to the hashes that Node comes to, also to those of hashes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), fc.uint8Array(), async (left, right) => {
        const byWeb = await withSha256((hash) => hashNode(hash, hashLeaf(hash, left), hashLeaf(hash, right)))
        assert.deepEqual(byWeb, hashNode(sha256, hashLeaf(sha256, left), hashLeaf(sha256, right)))
      }),
      { numRuns: 30 },
    )
  })

  it("verifies a proof against a policy, and refuses it for another entry", async () => {
    const tiles = memoryTileStore()
    const entries = Array.from({ length: 300 }, (_, place) => entry(place))
    const head = await integrate({ tiles, sha256 }, emptyLog(sha256), entries)
    const checkpoint = await publish({ tiles, sha256, signer: SIGNER }, head)
    const read = tileHashReader({ tiles, sha256 }, 300)
    const proof = { index: 77, hashes: await proveInclusion({ sha256, read }, 77, 300), checkpoint }
    const text = new TextEncoder().encode(`log ${formatVerifierKey(SIGNER.key)}\nquorum none\n`)
    const verify = (of: Uint8Array): Promise<unknown> =>
      withSha256((hash) => verifyProof({ sha256: hash, verifySignature }, parsePolicy(hash, text), proof, of))

    await verify(entry(77))
    await assert.rejects(verify(entry(78)), BrokenProof)
  })

  it("finds an Ed25519 signature good that is, and no other, nor one that it cannot compute", async () => {
    const { key } = SIGNER
    const message = entry(1)
    const signature = await SIGNER.sign(message)
    assert.equal(await verifySignature(key.publicKey, message, signature, "ed25519"), true)
    assert.equal(await verifySignature(key.publicKey, entry(2), signature, "ed25519"), false)
    assert.equal(await verifySignature(key.publicKey.subarray(1), message, signature, "ed25519"), false)
    assert.equal(await verifySignature(key.publicKey, message, signature, "ml-dsa-44"), undefined)
  })
})

function entry(index: number): Uint8Array {
  return new TextEncoder().encode(`entry ${index}`)
}
