import type { Clock } from "@tabard/core"
import {
  type Checkpoint,
  formatNote,
  formatVerifierKey,
  noteKey,
  type PostToWitness,
  parseCheckpoint,
  parseNote,
  verifyConsistency,
  type WitnessReply,
} from "@tabard/log"
import { ed25519Signer, sha256 } from "@tabard/log/node"

/** A witness by the letter of C2SP tlog-witness, in this process: it takes the word of any key for a log. */
export interface OwnWitness {
  /** The line that names it in a trust policy. */
  readonly line: string
  readonly post: PostToWitness
  /** What it has seen last, by origin; a test may have it see something else. */
  readonly seen: Map<string, Checkpoint>
  /** How often it was asked. */
  asked(): number
  /** What it answers instead, while it is set. */
  instead: Partial<WitnessReply> | undefined
}

/** Makes a witness of this name. */
export function ownWitness(name: string, clock: Clock): OwnWitness {
  const signer = ed25519Signer(`${name}.example`, new Uint8Array(32).fill(name.length))
  const key = noteKey(sha256, { ...signer.key, type: "cosignature/v1" })
  const seen = new Map<string, Checkpoint>()
  let asked = 0
  const witness: OwnWitness = {
    line: `witness ${name} ${formatVerifierKey(key)} https://${name}.example/`,
    seen,
    asked: () => asked,
    instead: undefined,
    async post(_, body) {
      asked++
      if (witness.instead) return reply({ status: 500, ...witness.instead })
      const { old, proof, text } = parseRequest(body)
      const checkpoint = parseCheckpoint(text)
      const before = seen.get(checkpoint.origin)
      if (old !== (before?.size ?? 0)) return sized(before?.size ?? 0)
      const from = before ?? { size: 0, root: sha256(new Uint8Array()) }
      if (!verifyConsistency(sha256, { from, to: checkpoint }, proof)) return reply({ status: 422 })
      seen.set(checkpoint.origin, checkpoint)
      const time = Math.floor(clock.now().getTime() / 1000)
      const signature = await signer.sign(Buffer.from(`cosignature/v1\ntime ${time}\n${text}`))
      const bytes = Buffer.concat([stamp(time), signature])
      const note = formatNote({ text: "", signatures: [{ name: key.name, keyId: key.id, bytes }] })
      return reply({ status: 200, body: note.subarray(1) })
    },
  }
  return witness
}

function parseRequest(body: Uint8Array): { old: number; proof: readonly Uint8Array[]; text: string } {
  const said = Buffer.from(body).toString("utf8")
  const end = said.indexOf("\n\n")
  const [first = "", ...lines] = said.slice(0, end).split("\n")
  const { text } = parseNote(Buffer.from(said.slice(end + 2)))
  return { old: Number(first.slice(4)), proof: lines.map((line) => Buffer.from(line, "base64")), text }
}

function sized(size: number): WitnessReply {
  return reply({ status: 409, contentType: "text/x.tlog.size", body: Buffer.from(`${size}\n`) })
}

function reply(said: Partial<WitnessReply> & Pick<WitnessReply, "status">): WitnessReply {
  return { contentType: "", body: new Uint8Array(), ...said }
}

function stamp(time: number): Uint8Array {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(time))
  return bytes
}
