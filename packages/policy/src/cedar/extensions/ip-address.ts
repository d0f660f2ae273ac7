import { EvaluationError } from "../evaluation-error.ts"

/** As long as an address with its prefix can be; Cedar reads nothing longer. */
const MAX_LENGTH = 43

/** How many bits an address of each family has. */
const BITS = { 4: 32, 6: 128 } as const

/** An address, or a range of addresses that share the first `prefix` bits. */
export class IpAddress {
  readonly typeName = "ipaddr"
  readonly family: 4 | 6
  readonly bits: bigint
  readonly prefix: number

  constructor(family: 4 | 6, bits: bigint, prefix: number) {
    this.family = family
    this.bits = bits
    this.prefix = prefix
  }

  get key(): string {
    return `\0i${this.family}:${this.bits}/${this.prefix}`
  }

  /** Answers whether every address of the range is this machine's own. */
  isLoopback(): boolean {
    return this.family === 4 ? this.#within(127n, 8) : this.#within(1n, 128)
  }

  /** Answers whether every address of the range is one of many receivers. */
  isMulticast(): boolean {
    return this.family === 4 ? this.#within(0xen, 4) : this.#within(0xffn, 8)
  }

  /** Answers whether every address of this range is in the other. */
  isInRange(other: IpAddress): boolean {
    if (this.family !== other.family) return false
    return this.prefix >= other.prefix && this.#first(other.prefix) === other.#first(other.prefix)
  }

  #within(start: bigint, length: number): boolean {
    return this.prefix >= length && this.#first(length) === start
  }

  #first(length: number): bigint {
    return this.bits >> BigInt(BITS[this.family] - length)
  }
}

/** Reads an IPv4 or IPv6 address, alone or with a prefix. An IPv4 address within an IPv6 one is refused. */
export function parseIp(text: string): IpAddress {
  const [address = "", prefix, ...rest] = text.length > MAX_LENGTH ? [] : text.split("/")
  const family = address.includes(":") ? 6 : 4
  const bits = family === 6 ? parseV6(address) : parseV4(address)
  const length = prefix === undefined ? BITS[family] : parsePrefix(prefix, BITS[family])
  if (bits === undefined || length === undefined || rest.length > 0)
    throw new EvaluationError(`${JSON.stringify(text)} is no IP address`)
  return new IpAddress(family, bits, length)
}

function parsePrefix(text: string, most: number): number | undefined {
  return /^(?:0|[1-9]\d{0,2})$/.test(text) && Number(text) <= most ? Number(text) : undefined
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split(".")
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined
  return parts.reduce((bits, part) => bits * 256n + BigInt(part), 0n)
}

function parseV6(text: string): bigint | undefined {
  const halves = text.split("::").map((half) => (half === "" ? [] : half.split(":")))
  const [head = [], tail = []] = halves
  const given = head.length + tail.length
  const complete = halves.length === 1 ? given === 8 : halves.length === 2 && given < 8
  const groups = [...head, ...Array<string>(Math.max(0, 8 - given)).fill("0"), ...tail]
  if (!complete || !groups.every((group) => /^[\da-fA-F]{1,4}$/.test(group))) return undefined
  return groups.reduce((bits, group) => bits * 65_536n + BigInt(`0x${group}`), 0n)
}
