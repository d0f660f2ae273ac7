const NUMBER_BYTES = 32

/**
 * Answers an ECDSA signature of P-256 as ES256 spells it (RFC 7518 §3.4) from the DER that tools write.
 *
 * @throws {TypeError} where it is none
 */
export function rawFromDer(der: Uint8Array): Uint8Array {
  const bytes = Buffer.from(der)
  const rLength = bytes[3] ?? 0
  const sStart = 4 + rLength
  const sLength = bytes[sStart + 1] ?? 0
  const isSignature = bytes[0] === 0x30 && bytes[2] === 0x02 && bytes[sStart] === 0x02
  if (!isSignature || bytes.length !== sStart + 2 + sLength)
    throw new TypeError("This is no ECDSA signature.")
  return Buffer.concat([padded(bytes.subarray(4, sStart)), padded(bytes.subarray(sStart + 2))])
}

/** DER drops leading zeros, and sets one before a number that would look negative. */
function padded(number: Buffer): Buffer {
  const digits = number.subarray(Math.max(0, number.length - NUMBER_BYTES))
  return Buffer.concat([Buffer.alloc(NUMBER_BYTES - digits.length), digits])
}
