import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { joinBytes, toBase64 } from "./bytes.ts"
import { formatCheckpoint } from "./checkpoint.ts"
import { rootOf } from "./frontier.ts"
import { hashLeaf } from "./hashing.ts"
import { ed25519Signer, sha256, verifySignature } from "./node-crypto.ts"
import { noteKey } from "./note-key.ts"
import { signText } from "./note-signatures.ts"
import { formatNote, type NoteSignature } from "./signed-note.ts"
import { askWitness, formatAddCheckpoint, type WitnessAnswer, type WitnessReply } from "./witness-client.ts"

const NOW = 1_700_000_000
const LOG = ed25519Signer("audit.example.test/shop/1", new Uint8Array(32).fill(1))
const WITNESS = witnessOf("witness.example.test/w1", 3)
const STRANGER = witnessOf("witness.example.test/w2", 4)
const leaves = Array.from({ length: 9 }, (_, index) => hashLeaf(sha256, Uint8Array.of(index)))
const TEXT = formatCheckpoint({
  origin: LOG.key.name,
  size: 9,
  root: rootOf(sha256, leaves),
  extensions: [],
})
const NOTE = formatNote({ text: TEXT, signatures: [await signText(LOG, TEXT)] })
const SIZE = "text/x.tlog.size"

describe("what a witness is asked", () => {
  it("says the old size, the proof, and after an empty line the checkpoint", () => {
    const proof = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
    const body = new TextDecoder().decode(formatAddCheckpoint(4, proof, NOTE))
    const lines = proof.map(toBase64)
    assert.equal(body, `old 4\n${lines[0]}\n${lines[1]}\n\n${new TextDecoder().decode(NOTE)}`)
  })

  it("holds no proof where the witness has seen nothing yet", () => {
    assert.ok(new TextDecoder().decode(formatAddCheckpoint(0, [], NOTE)).startsWith("old 0\n\naudit."))
  })

  it("goes to add-checkpoint below the witness's address, with one slash between", async () => {
    for (const url of ["https://w.example.test/a", "https://w.example.test/a/"]) {
      const { asked } = await ask([{ status: 500 }], { url })
      assert.deepEqual(
        asked.map((one) => one.url),
        ["https://w.example.test/a/add-checkpoint"],
      )
    }
  })
})

describe("what a witness answers", () => {
  it("is its cosignature with its time, among lines of others", async () => {
    const mine = await cosign(WITNESS, NOW)
    const { answer } = await ask([{ body: await lines([await cosign(STRANGER, NOW), mine]) }])
    assert.deepEqual(answer, { kind: "cosigned", signature: mine, time: NOW })
  })

  it("does not count where none of the lines is its own, or its signature is bad", async () => {
    const good = await cosign(WITNESS, NOW)
    const bad = { ...good, bytes: good.bytes.with(70, (good.bytes[70] ?? 0) ^ 1) }
    for (const signatures of [[await cosign(STRANGER, NOW)], [bad], [bad, good], [good, bad]]) {
      const { answer } = await ask([{ body: await lines(signatures) }])
      assert.match(said(answer), /^unavailable: its answer does not count/)
    }
  })

  it("does not count where it is no list of signatures", async () => {
    const good = new TextDecoder().decode(await lines([await cosign(WITNESS, NOW)]))
    for (const body of [
      "",
      "\n",
      "yes\n",
      good.trimEnd(),
      `\n${good}`,
      `${good}\n${good}`,
      `more\n\n${good}`,
    ]) {
      const { answer } = await ask([{ body: new TextEncoder().encode(body) }])
      assert.match(said(answer), /^unavailable: its answer is no list of signatures/, JSON.stringify(body))
    }
  })

  it("does not count where its time is more than ten minutes from ours, either way", async () => {
    for (const time of [NOW - 601, NOW + 601, 0]) {
      const { answer } = await ask([{ body: await lines([await cosign(WITNESS, time)]) }])
      assert.match(said(answer), /^unavailable: its clock and ours/)
    }
    const { answer } = await ask([{ body: await lines([await cosign(WITNESS, NOW - 600)]) }])
    assert.equal(answer.kind, "cosigned")
  })

  it("does not count where the key that is trusted for it says no time", async () => {
    const plain = ed25519Signer(WITNESS.key.name, new Uint8Array(32).fill(3))
    const { answer } = await ask([{ body: await lines([await signText(plain, TEXT)]) }], { key: plain.key })
    assert.match(said(answer), /^unavailable: its key is none of a witness/)
  })

  it("is asked for once more from the size that it says to have seen", async () => {
    const cosigned = { body: await lines([await cosign(WITNESS, NOW)]) }
    const { answer, asked } = await ask([{ status: 409, contentType: SIZE, body: text("6\n") }, cosigned])
    assert.equal(answer.kind, "cosigned")
    assert.deepEqual(
      asked.map(({ body }) => body.split("\n")[0]),
      ["old 4", "old 6"],
    )
    assert.deepEqual(
      asked.map(({ proven }) => proven),
      [
        [4, 9],
        [6, 9],
      ],
    )
  })

  it("is asked for no third time", async () => {
    const { answer, asked } = await ask([
      { status: 409, contentType: `${SIZE}; charset=utf-8`, body: text("6\n") },
      { status: 409, contentType: "TEXT/x.tlog.size", body: text("7\n") },
    ])
    assert.match(said(answer), /^unavailable: it says another size each time/)
    assert.equal(asked.length, 2)
  })

  it("tells that it has seen more than is published, without asking where that is known before", async () => {
    const { answer, asked } = await ask([{ status: 409, contentType: SIZE, body: text("10\n") }])
    assert.deepEqual([answer, asked.length], [{ kind: "ahead", size: 10 }, 1])
    const known = await ask([], { old: 12 })
    assert.deepEqual([known.answer, known.asked.length], [{ kind: "ahead", size: 12 }, 0])
  })

  it("is a split view at 422, and at 409 without the type of a size, and is never asked again", async () => {
    for (const reply of [
      { status: 422 },
      { status: 422, contentType: SIZE, body: text("4\n") },
      { status: 409 },
      { status: 409, contentType: "text/plain", body: text("6\n") },
      { status: 409, contentType: `${SIZE}s`, body: text("6\n") },
    ]) {
      const { answer, asked } = await ask([reply])
      assert.deepEqual([answer.kind, asked.length], ["split-view", 1])
    }
  })

  it("is a split view also where the second answer says so", async () => {
    const { answer } = await ask([{ status: 409, contentType: SIZE, body: text("9\n") }, { status: 422 }])
    assert.equal(answer.kind, "split-view")
  })

  it("is not gone on from where the log can no longer prove it, since its beginning was pruned", async () => {
    const far = { status: 409, contentType: SIZE, body: text("2\n") }
    for (const [replies, old] of [
      [[far], 4],
      [[], 2],
    ] as const) {
      const { answer, asked } = await ask([...replies], { old, prunedBelow: 3 })
      assert.match(said(answer), /^unavailable: it has seen 2 entries, and what shows .* was pruned/)
      assert.equal(asked.length, replies.length)
    }
  })

  it("is no size where it is spelled otherwise", async () => {
    for (const body of ["", "6", "06\n", "-6\n", "6\n\n", "6.0\n", "9007199254740993\n", "6\nold"]) {
      const { answer, asked } = await ask([{ status: 409, contentType: SIZE, body: text(body) }])
      assert.match(
        said(answer),
        /^unavailable: it answered 409 with a size that is none/,
        JSON.stringify(body),
      )
      assert.equal(asked.length, 1)
    }
  })

  it("says that it does not know the log", async () => {
    for (const status of [403, 404]) {
      const { answer } = await ask([{ status }])
      assert.match(said(answer), new RegExp(`^unknown-log: it answered ${status}`))
    }
  })

  it("may count at another time where it is anything else", async () => {
    for (const status of [201, 204, 400, 401, 429, 500, 503]) {
      assert.equal(said((await ask([{ status }])).answer), `unavailable: it answered ${status}`)
    }
    assert.match(said((await ask([{ status: 307 }])).answer), /a redirect, which is not followed/)
    assert.equal(said((await ask([])).answer), "unavailable: nobody is there")
    assert.equal(said((await ask([], { reason: "gone" })).answer), "unavailable: it did not answer")
    const long = await ask([{ status: 409, contentType: SIZE, body: new Uint8Array(65_537) }])
    assert.equal(said(long.answer), "unavailable: it answered more than is read")
  })

  it("is no excuse for a fault of ours", async () => {
    const body = await lines([await cosign(WITNESS, NOW)])
    const verify = (): never => {
      throw new Error("the verifier is broken")
    }
    await assert.rejects(ask([{ body }], { verify }), /the verifier is broken/)
  })
})

interface Asked {
  readonly url: string
  readonly body: string
  readonly proven: readonly [number, number] | undefined
}

async function ask(
  replies: readonly Partial<WitnessReply>[],
  options: {
    readonly url?: string
    readonly old?: number
    readonly key?: typeof WITNESS.key
    readonly verify?: typeof verifySignature
    readonly reason?: string
    /** Growth from a smaller size can no longer be proven. */
    readonly prunedBelow?: number
  } = {},
): Promise<{ readonly answer: WitnessAnswer; readonly asked: readonly Asked[] }> {
  const asked: Asked[] = []
  let proven: readonly [number, number] | undefined
  const { url = "https://w.example.test", old = 4, key = WITNESS.key, verify = verifySignature } = options
  const answer = await askWitness(
    {
      verify,
      now: () => new Date(NOW * 1000),
      prove: async (from, to) => {
        proven = [from, to]
        return from < (options.prunedBelow ?? 0) ? undefined : [new Uint8Array(32)]
      },
      post: async (to, body) => {
        const reply = replies[asked.length]
        asked.push({ url: to, body: new TextDecoder().decode(body), proven })
        if (!reply) return Promise.reject(options.reason ?? new Error("nobody is there"))
        return { status: 200, contentType: "", body: new Uint8Array(), ...reply }
      },
    },
    { witness: { key, url }, note: NOTE, old },
  )
  return { answer, asked }
}

function said(answer: WitnessAnswer): string {
  return `${answer.kind}: ${"said" in answer ? answer.said : ""}`
}

function text(words: string): Uint8Array {
  return new TextEncoder().encode(words)
}

/** The lines of these signatures, as a witness answers them. */
async function lines(signatures: readonly NoteSignature[]): Promise<Uint8Array> {
  return formatNote({ text: "", signatures }).subarray(1)
}

function witnessOf(name: string, seed: number): typeof LOG {
  const signer = ed25519Signer(name, new Uint8Array(32).fill(seed))
  return { ...signer, key: noteKey(sha256, { ...signer.key, type: "cosignature/v1" }) }
}

async function cosign(witness: typeof LOG, time: number): Promise<NoteSignature> {
  const message = new TextEncoder().encode(`cosignature/v1\ntime ${time}\n${TEXT}`)
  const stamp = new Uint8Array(8)
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time))
  const bytes = joinBytes([stamp, await witness.sign(message)])
  return { name: witness.key.name, keyId: witness.key.id, bytes }
}
