import { equalBytes } from "./bytes.ts"
import type { Sha256 } from "./hashing.ts"
import { MalformedRecord } from "./log-errors.ts"
import { type KeyType, type NoteKey, parseVerifierKey } from "./note-key.ts"
import { PolicyNames, shown } from "./policy-names.ts"
import {
  NO_QUORUM,
  type PolicyGroup,
  type PolicyLog,
  type PolicyWitness,
  type TrustPolicy,
} from "./trust-policy.ts"

// Twice what the specification wants every implementation to take.
const MAX_OF_EACH = 64

const LOG_KEYS: readonly KeyType[] = ["ed25519", "subtree/v1"]
const WITNESS_KEYS: readonly KeyType[] = ["cosignature/v1", "subtree/v1"]

/** What the lines of a policy have said so far. */
export class PolicyLines {
  readonly #sha256: Sha256
  readonly #logs: PolicyLog[] = []
  readonly #witnesses: PolicyWitness[] = []
  readonly #groups: PolicyGroup[] = []
  readonly #names = new PolicyNames()
  #quorum: Pick<TrustPolicy, "quorum"> | undefined

  constructor(sha256: Sha256) {
    this.#sha256 = sha256
  }

  /** Takes the words of the next line, each a string of bytes. */
  take([keyword, ...items]: readonly string[]): void {
    switch (keyword) {
      case undefined:
        return undefined
      case "log":
        return this.#takeLog(items)
      case "witness":
        return this.#takeWitness(items)
      case "group":
        return this.#takeGroup(items)
      case "quorum":
        return this.#takeQuorum(items)
      default:
        throw new MalformedRecord(`"${shown(keyword)}" is none of log, witness, group, quorum`)
    }
  }

  /** Answers what all of them say together. */
  policy(): TrustPolicy {
    if (!this.#quorum)
      throw new MalformedRecord('a policy has a quorum line; say "quorum none" to ask for none')
    return { logs: this.#logs, witnesses: this.#witnesses, groups: this.#groups, ...this.#quorum }
  }

  #takeLog([vkey, url, ...rest]: readonly string[]): void {
    if (vkey === undefined || rest.length > 0) throw new MalformedRecord("a log line reads: log VKEY [URL]")
    this.#logs.push({ key: this.#newKey(vkey, LOG_KEYS, this.#logs), ...urlOf(url) })
  }

  #takeWitness([name, vkey, url, ...rest]: readonly string[]): void {
    if (name === undefined || vkey === undefined || rest.length > 0) {
      throw new MalformedRecord("a witness line reads: witness NAME VKEY [URL]")
    }
    const key = this.#newKey(vkey, WITNESS_KEYS, this.#witnesses)
    const witness = { name: shown(name), key, ...urlOf(url) }
    this.#names.define(name, witness)
    this.#witnesses.push(witness)
  }

  #takeGroup([name, count, ...names]: readonly string[]): void {
    if (name === undefined || count === undefined || names.length === 0) {
      throw new MalformedRecord("a group line reads: group NAME all|any|COUNT NAME…")
    }
    const members = names.map((member) => this.#names.unite(member))
    assertRoom(this.#groups)
    const group = { name: shown(name), threshold: thresholdOf(count, members.length), members }
    this.#names.define(name, group)
    this.#groups.push(group)
  }

  #takeQuorum([name, ...rest]: readonly string[]): void {
    if (name === undefined || rest.length > 0) throw new MalformedRecord("a quorum line reads: quorum NAME")
    if (this.#quorum) throw new MalformedRecord("a policy has one quorum line")
    this.#quorum = name === NO_QUORUM ? {} : { quorum: this.#names.find(name) }
  }

  /** One key under two names would count twice. */
  #newKey(vkey: string, types: readonly KeyType[], taken: readonly { readonly key: NoteKey }[]): NoteKey {
    assertRoom(taken)
    const key = parseVerifierKey(this.#sha256, shown(vkey))
    if (!types.includes(key.type)) {
      throw new MalformedRecord(
        `a key of type ${key.type} does not sign here; give one of ${types.join(", ")}`,
      )
    }
    const twin = taken.find((other) => equalBytes(other.key.publicKey, key.publicKey))
    if (twin) throw new MalformedRecord(`${key.name} has the public key of ${twin.key.name}`)
    return key
  }
}

function thresholdOf(count: string, members: number): number {
  if (count === "all") return members
  const threshold = count === "any" ? 1 : Number(count)
  if (count !== "any" && (!/^[1-9]\d*$/.test(count) || threshold > members)) {
    throw new MalformedRecord(`of ${members} members there can be all, any, or a number up to ${members}`)
  }
  return threshold
}

function assertRoom(taken: readonly unknown[]): void {
  if (taken.length === MAX_OF_EACH) throw new MalformedRecord(`a policy has at most ${MAX_OF_EACH} of a kind`)
}

function urlOf(url: string | undefined): { readonly url?: string } {
  return url === undefined ? {} : { url: shown(url) }
}
