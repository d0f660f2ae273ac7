import type { TimeWindow } from "@tabard/core"
import { hoursText, quote } from "@tabard/policy"
import type { Conditions, IdentityKind } from "../manifest.ts"
import { type Condition, setOf, several } from "./condition.ts"

/** Writes what has to be so around a call. */
export function circumstances({ networks, privateEndpoint, hours, posture }: Conditions): Condition[] {
  return [
    ...(networks ? [fromNetworks(networks)] : []),
    ...(privateEndpoint ? [overPrivateEndpoint()] : []),
    ...(hours ? [withinHours(hours)] : []),
    ...(posture ? [withPosture(posture)] : []),
  ]
}

function fromNetworks(networks: readonly string[]): Condition {
  const within = networks.map((network) => `context.session.ip.isInRange(ip(${quote(network)}))`)
  return {
    cedar: `context.session has ip && (${within.join(" || ")})`,
    words: `from ${several(networks)} alone`,
  }
}

function overPrivateEndpoint(): Condition {
  return {
    cedar: 'context.session.posture.contains("endpoint:private")',
    words: "over a private endpoint alone",
  }
}

/** Within any one of them: each is a fact of its own. */
function withinHours(hours: readonly TimeWindow[]): Condition {
  const texts = hours.map(hoursText)
  return {
    cedar: `context.facts.within.containsAny(${setOf(texts)})`,
    words: `within ${texts.join(" or ")} alone`,
  }
}

function withPosture(posture: readonly string[]): Condition {
  return {
    cedar: `context.session.posture.containsAll(${setOf(posture)})`,
    words: `where its door says ${several(posture)}`,
  }
}

/** What a door says of an install that proved itself so. Where its key is, nobody but the install has said. */
const SAID_OF: Readonly<Record<IdentityKind, readonly string[]>> = {
  federated: ["identity:federated"],
  "hardware-key": ["key:tpm", "key:pkcs11"],
  "keychain-key": ["key:keychain"],
  "file-key": ["key:file"],
}

/** Writes the ways in which an agent has to have proven itself: any one of them. */
export function provenBy(kinds: readonly IdentityKind[]): Condition {
  const said = kinds.flatMap((kind) => SAID_OF[kind])
  return {
    cedar: `context.session.posture.containsAny(${setOf(said)})`,
    words: `proven by ${kinds.join(" or ")}`,
  }
}
