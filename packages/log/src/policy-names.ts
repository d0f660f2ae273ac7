import { MalformedRecord } from "./log-errors.ts"
import { NO_QUORUM, type PolicyMember } from "./trust-policy.ts"

/** The one space of names that witnesses and groups share, each a string of bytes. */
export class PolicyNames {
  readonly #named = new Map<string, PolicyMember>()
  readonly #united = new Set<string>()

  /** Gives the name away, once. */
  define(name: string, member: PolicyMember): void {
    if (name === NO_QUORUM) throw new MalformedRecord(`no witness or group can be called ${NO_QUORUM}`)
    if (this.#named.has(name)) throw new MalformedRecord(`${shown(name)} is defined twice`)
    this.#named.set(name, member)
  }

  /** Answers what has the name by now. */
  find(name: string): PolicyMember {
    const member = this.#named.get(name)
    if (!member) throw new MalformedRecord(`${shown(name)} is defined on no line before`)
    return member
  }

  /** Answers a member for a group; in a second one it would count twice. */
  unite(name: string): PolicyMember {
    const member = this.find(name)
    if (this.#united.has(name)) throw new MalformedRecord(`${shown(name)} is the member of a group already`)
    this.#united.add(name)
    return member
  }
}

/** Answers the text that a string of bytes spells. */
export function shown(octets: string): string {
  return new TextDecoder().decode(Uint8Array.from(octets, (char) => char.charCodeAt(0)))
}
