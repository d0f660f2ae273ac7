import assert from "node:assert/strict"
import { generateKeyPairSync, sign } from "node:crypto"
import { describe, it } from "node:test"
import * as fc from "fast-check"
import { joinBytes } from "./bytes.ts"
import { checkPolicy } from "./check-policy.ts"
import { formatCheckpoint } from "./checkpoint.ts"
import { MalformedRecord, UntrustedNote } from "./log-errors.ts"
import { emptyLog } from "./log-writer.ts"
import { ed25519Signer, sha256, verifySignature } from "./node-crypto.ts"
import { formatVerifierKey, type NoteKey, noteKey } from "./note-key.ts"
import { type NoteSigner, signText } from "./note-signatures.ts"
import { parsePolicy } from "./parse-policy.ts"
import { bigEndian } from "./signed-message.ts"
import { formatNote, type NoteSignature } from "./signed-note.ts"
import type { TrustPolicy } from "./trust-policy.ts"
import { verifySignature as verifyByWeb } from "./web-crypto.ts"

const LOG = ed25519Signer("example.test/log", new Uint8Array(32).fill(1))
const TEXT = formatCheckpoint({ origin: LOG.key.name, ...emptyLog(sha256), extensions: [] })
const WITNESSES = ["a", "b", "c", "d"].map((name, place) => witnessOf(`example.test/${name}`, 20 + place))
const PQ = mlDsaWitness("example.test/pq")

describe("a checkpoint held against a policy", () => {
  it("answers the log that signed it, who has seen it and when, and whether they are enough", async () => {
    const policy = policyOf("group two 2 a b c\nquorum two\n")
    const note = await noteOf([await signText(LOG, TEXT), await cosign(0, 300), await cosign(2, 200)])
    const { checkpoint, log, cosignatures, satisfied, quorumTime } = await check(policy, note)

    assert.equal(checkpoint.origin, "example.test/log")
    assert.equal(log, policy.logs[0]?.key)
    assert.deepEqual(
      cosignatures.map(({ witness, time }) => [witness.name, time]),
      [
        ["a", 300],
        ["c", 200],
      ],
    )
    // The second of them came with the older one.
    assert.deepEqual([satisfied, quorumTime], [true, 200])
  })

  it("is not enough below the quorum, and then there is no time of it", async () => {
    const policy = policyOf("group two 2 a b c\nquorum two\n")
    const answer = await check(policy, await noteOf([await signText(LOG, TEXT), await cosign(0, 300)]))
    assert.deepEqual([answer.satisfied, answer.quorumTime], [false, undefined])
    assert.equal(answer.cosignatures.length, 1)
  })

  it("is enough without witnesses where the policy asks for none", async () => {
    const answer = await check(policyOf("quorum none\n"), await noteOf([await signText(LOG, TEXT)]))
    assert.deepEqual([answer.satisfied, answer.quorumTime], [true, undefined])
  })

  it("for any set of witnesses, counts groups of groups as the policy says", async () => {
    const policy = policyOf("group ab any a b\ngroup all all ab c d\nquorum all\n")
    await fc.assert(
      fc.asyncProperty(fc.subarray([0, 1, 2, 3]), async (places) => {
        const cosigned = await Promise.all(places.map((place) => cosign(place, 1000 - place)))
        const { satisfied } = await check(policy, await noteOf([await signText(LOG, TEXT), ...cosigned]))
        assert.equal(
          satisfied,
          (places.includes(0) || places.includes(1)) && places.includes(2) && places.includes(3),
        )
      }),
      { numRuns: 30 },
    )
  })

  it("(tlog-cosignature) does not count a witness that says a time to come, where now is told", async () => {
    const policy = policyOf("quorum a\n")
    const note = await noteOf([await signText(LOG, TEXT), await cosign(0, 301)])
    assert.equal((await checkPolicy(verifySignature, policy, note, 300)).satisfied, false)
    assert.equal((await checkPolicy(verifySignature, policy, note, 301)).satisfied, true)
  })

  it("(tlog-policy) is refused where none of the logs has signed it, whoever has seen it", async () => {
    const stranger = ed25519Signer("example.test/log", new Uint8Array(32).fill(2))
    for (const signatures of [
      [await cosign(0, 300)],
      [await cosign(0, 300), await signText(stranger, TEXT)],
      [],
    ]) {
      await assert.rejects(check(policyOf("quorum a\n"), await noteOf(signatures)), refused)
    }
    const note = await noteOf([await signText(LOG, TEXT), await cosign(0, 300)])
    await assert.rejects(check({ ...policyOf("quorum a\n"), logs: [] }, note), UntrustedNote)
  })

  it("(tlog-policy) is refused where a log signs under another's name", async () => {
    const text = TEXT.replace("example.test/log", "example.test/other")
    const note = formatNote({ text, signatures: [await signText(LOG, text)] })
    await assert.rejects(check(policyOf("quorum none\n"), note), /checkpoint of example\.test\/other/)
  })

  it("(signed-note) is refused whole where one signature of a key that the policy names is bad", async () => {
    const bad = await cosign(1, 300)
    const signatures = [
      await signText(LOG, TEXT),
      await cosign(0, 300),
      { ...bad, bytes: bad.bytes.with(9, 0) },
    ]
    await assert.rejects(check(policyOf("quorum a\n"), await noteOf(signatures)), UntrustedNote)
  })

  it("does not count a witness whose signature cannot be computed here, and believes the rest", async () => {
    const policy = policyOf(`witness pq ${formatVerifierKey(PQ.key)}\ngroup both any a pq\nquorum both\n`)
    const byPq = await PQ.cosign(TEXT, 1_700_000_000)
    const seen = await noteOf([await signText(LOG, TEXT), byPq, await cosign(0, 300)])
    assert.deepEqual(
      (await checkPolicy(verifyByWeb, policy, seen)).cosignatures.map(({ witness }) => witness.name),
      ["a"],
    )
    const alone = await noteOf([await signText(LOG, TEXT), byPq])
    assert.equal((await checkPolicy(verifyByWeb, policy, alone)).satisfied, false)
    await assert.rejects(checkPolicy(verifyByWeb, policy, await noteOf([byPq])), UntrustedNote)
  })

  it("(tlog-cosignature) counts a witness that signs with ML-DSA-44", async () => {
    const policy = policyOf(`witness pq ${formatVerifierKey(PQ.key)}\nquorum pq\n`)
    const good = await PQ.cosign(TEXT, 1_700_000_000)
    const answer = await check(policy, await noteOf([await signText(LOG, TEXT), good]))
    assert.deepEqual([answer.satisfied, answer.quorumTime], [true, 1_700_000_000])

    for (const place of [7, 8, 2000]) {
      const bytes = good.bytes.with(place, (good.bytes[place] ?? 0) ^ 1)
      await assert.rejects(
        check(policy, await noteOf([await signText(LOG, TEXT), { ...good, bytes }])),
        UntrustedNote,
      )
    }
  })
})

function refused(error: unknown): boolean {
  return error instanceof UntrustedNote || error instanceof MalformedRecord
}

function check(policy: TrustPolicy, note: Uint8Array): ReturnType<typeof checkPolicy> {
  return checkPolicy(verifySignature, policy, note)
}

function policyOf(rest: string): TrustPolicy {
  const witnesses = WITNESSES.map(({ key }) => `witness ${key.name.at(-1)} ${formatVerifierKey(key)}\n`)
  const text = [`log ${formatVerifierKey(LOG.key)}\n`, ...witnesses, rest].join("")
  return parsePolicy(sha256, new TextEncoder().encode(text))
}

async function noteOf(signatures: readonly NoteSignature[]): Promise<Uint8Array> {
  return formatNote({ text: TEXT, signatures })
}

function witnessOf(name: string, seed: number): NoteSigner {
  const signer = ed25519Signer(name, new Uint8Array(32).fill(seed))
  return { ...signer, key: noteKey(sha256, { ...signer.key, type: "cosignature/v1" }) }
}

async function cosign(place: number, time: number): Promise<NoteSignature> {
  const witness = WITNESSES[place] ?? assert.fail()
  const { key } = witness
  const message = new TextEncoder().encode(`cosignature/v1\ntime ${time}\n${TEXT}`)
  return { name: key.name, keyId: key.id, bytes: joinBytes([bigEndian(time), await witness.sign(message)]) }
}

interface MlDsaWitness {
  readonly key: NoteKey
  cosign(text: string, time: number): Promise<NoteSignature>
}

/** Writes what it signs byte by byte from the specification, and not by what verifies it. */
function mlDsaWitness(name: string): MlDsaWitness {
  const { publicKey, privateKey } = generateKeyPairSync("ml-dsa-44")
  const raw = new Uint8Array(publicKey.export({ format: "der", type: "spki" }).subarray(-1312))
  const key = noteKey(sha256, { name, type: "subtree/v1", publicKey: raw })
  return {
    key,
    async cosign(text, time) {
      const [origin = "", size = "", root = ""] = text.split("\n")
      const stamp = Buffer.alloc(8)
      stamp.writeBigUInt64BE(BigInt(time))
      const end = Buffer.alloc(8)
      end.writeBigUInt64BE(BigInt(size))
      const message = Buffer.concat([
        Buffer.from("subtree/v1\n\0"),
        Buffer.from([name.length]),
        Buffer.from(name),
        stamp,
        Buffer.from([origin.length]),
        Buffer.from(origin),
        Buffer.alloc(8),
        end,
        Buffer.from(root, "base64"),
      ])
      return { name, keyId: key.id, bytes: joinBytes([stamp, sign(null, message, privateKey)]) }
    },
  }
}
