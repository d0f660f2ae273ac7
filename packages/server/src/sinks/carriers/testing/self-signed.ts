import { generateKeyPairSync, sign } from "node:crypto"

/** A certificate that vouches for itself, and its key, PEM both. */
export interface SelfSigned {
  readonly certificate: string
  readonly key: string
}

/** Makes a certificate (X.509 v3, ECDSA on P-256) for 127.0.0.1 and localhost that is valid from 2020 to 2049. */
export function selfSigned(name: string): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const named = sequence(tagged(0x31, sequence(oid(COMMON_NAME), tagged(0x0c, Buffer.from(name)))))
  const algorithm = sequence(oid(ECDSA_SHA256))
  const signed = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.from([1])),
    algorithm,
    named,
    sequence(tagged(0x17, Buffer.from("200101000000Z")), tagged(0x17, Buffer.from("491231235959Z"))),
    named,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(extension(ALT_NAMES, altNames()), extension(CONSTRAINTS, IS_AUTHORITY))),
  )
  const signature = tagged(0x03, Buffer.concat([Buffer.from([0]), sign("sha256", signed, privateKey)]))
  const base64 = sequence(signed, algorithm, signature).toString("base64").replaceAll(/.{64}/g, "$&\n")
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  }
}

const COMMON_NAME = [0x55, 0x04, 0x03]
const ECDSA_SHA256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]
const ALT_NAMES = [0x55, 0x1d, 0x11]
const CONSTRAINTS = [0x55, 0x1d, 0x13]
const IS_AUTHORITY = sequence(tagged(0x01, Buffer.from([0xff])))

function altNames(): Buffer {
  return sequence(tagged(0x82, Buffer.from("localhost")), tagged(0x87, Buffer.from([127, 0, 0, 1])))
}

function extension(id: readonly number[], value: Buffer): Buffer {
  return sequence(oid(id), tagged(0x04, value))
}

function oid(bytes: readonly number[]): Buffer {
  return tagged(0x06, Buffer.from(bytes))
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts))
}

/** DER: a tag, a length in as few bytes as it takes, the value. */
function tagged(tag: number, value: Buffer): Buffer {
  const { length } = value
  const said =
    length < 0x80
      ? [length]
      : length < 0x100
        ? [0x81, length]
        : [0x82, Math.floor(length / 0x100), length % 0x100]
  return Buffer.concat([Buffer.from([tag, ...said]), value])
}
