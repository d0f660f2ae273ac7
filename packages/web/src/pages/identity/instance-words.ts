import type { InstanceView } from "@tabard/api"
import type { KeyStorage } from "@tabard/core"
import { plainText } from "../../words/plain-text.ts"
import { FORM_WORDS } from "../trust/trust-words.ts"

const PLACES: Readonly<Record<KeyStorage, string>> = {
  file: "in a file",
  keychain: "in a keychain",
  pkcs11: "in a PKCS#11 token",
  tpm: "in a TPM",
}

/** What an install proves itself by. */
type Proof = Pick<InstanceView, "kind" | "keyStorage" | "signedIn" | "trustRule">

/** Says how an install proves itself: of a key where it is kept, of a workload whose word counts, of a client who signed it in. */
export function proofWords(instance: Proof): string {
  switch (instance.kind) {
    case "key":
      return keyWords(instance)
    case "federated":
      return platformWords(instance)
    case "client":
      return clientWords(instance)
  }
}

function keyWords({ keyStorage }: Proof): string {
  return keyStorage === null ? "by a key that it enrolled" : `by a key that it keeps ${PLACES[keyStorage]}`
}

function platformWords({ trustRule }: Proof): string {
  if (!trustRule) return "by what its platform said of it, under a trust rule that was removed"
  const { form, issuer } = trustRule
  const who = form === "openid" ? plainText(issuer) : `${FORM_WORDS[form]} (${plainText(issuer)})`
  return `by what ${who} says of it, under a trust rule`
}

function clientWords({ signedIn }: Proof): string {
  if (!signedIn) return "as an MCP client that a person signed in"
  return `as the MCP client ${plainText(signedIn.name)}, which ${plainText(signedIn.person.name)} signed in`
}
