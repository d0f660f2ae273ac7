import type { InstanceView } from "@tabard/api"
import type { InstanceKind, KeyStorage } from "@tabard/core"

/** How each kind of install proves itself. */
export const PROOF_WORDS: Readonly<Record<InstanceKind, string>> = {
  key: "by a key that it enrolled",
  federated: "by what its platform says of it, under a trust rule",
  client: "as an MCP client that a person signed in",
}

const PLACES: Readonly<Record<KeyStorage, string>> = {
  file: "in a file",
  keychain: "in a keychain",
  pkcs11: "in a PKCS#11 token",
  tpm: "in a TPM",
}

/** Says how an install proves itself and, of a key, where it has said that it keeps it. */
export function proofWords({ kind, keyStorage }: Pick<InstanceView, "kind" | "keyStorage">): string {
  return keyStorage === null ? PROOF_WORDS[kind] : `by a key that it keeps ${PLACES[keyStorage]}`
}
