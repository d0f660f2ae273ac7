import type { Sha256 } from "./hashing.ts"
import type { VerifySignature } from "./note-signatures.ts"

/**
 * Runs `work` with SHA-256 by WebCrypto, and answers what it answers. WebCrypto hashes only while one
 * waits, and the log only at once; so `work` is stopped at a hash that is not known yet, and run again
 * when it is. That suits a proof, of some twenty hashes, and not a whole log: `work` must come to the
 * same hashes each time, and leave nothing behind.
 */
export async function withSha256<Result>(
  work: (sha256: Sha256) => Result | Promise<Result>,
): Promise<Result> {
  const known = new Map<string, Uint8Array>()
  const sha256: Sha256 = (bytes) => {
    const hash = known.get(bytes.join())
    if (!hash) throw new UnknownHash(bytes)
    return hash
  }
  for (;;) {
    try {
      return await work(sha256)
    } catch (stopped) {
      if (!(stopped instanceof UnknownHash)) throw stopped
      known.set(stopped.bytes.join(), await digest(stopped.bytes))
    }
  }
}

/** Ed25519 by WebCrypto. Browsers do not compute ML-DSA-44: a witness that signs so is not counted there. */
export const verifySignature: VerifySignature = async (publicKey, message, signature, algorithm) => {
  if (algorithm !== "ed25519") return undefined
  try {
    const key = await crypto.subtle.importKey("raw", copyOf(publicKey), "Ed25519", false, ["verify"])
    return await crypto.subtle.verify("Ed25519", key, copyOf(signature), copyOf(message))
  } catch {
    return false
  }
}

class UnknownHash extends Error {
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    super("this hash is not known yet")
    this.bytes = bytes
  }
}

async function digest(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", copyOf(bytes)))
}

/** WebCrypto takes no memory that may be shared. */
function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes)
}
