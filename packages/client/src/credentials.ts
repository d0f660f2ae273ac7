import { type AgentKey, parseAgentKey } from "./keys/key-reference.ts"
import type { OwnGrant } from "./own-grant.ts"

/** What an enrolled agent saves, in a file that only its owner can read (0600). Nothing in it ends by itself. */
export interface Credentials {
  readonly instance: string
  readonly agent: string
  readonly issuer: string
  readonly tokenEndpoint: string
  /** What tokens are asked for, and the only place they are sent to. */
  readonly resource: string
  readonly key: AgentKey
  /** Stands in place of an enrolment, where a platform or a person vouches for whoever asks. */
  readonly grant?: OwnGrant
}

/** Answers what is written to the file. */
export function writeCredentials(credentials: Credentials): string {
  return `${JSON.stringify(credentials, null, 2)}\n`
}

/**
 * Reads what was saved.
 *
 * @throws {TypeError} where something is missing; SyntaxError where it is no JSON
 */
export function readCredentials(text: string): Credentials {
  return parseCredentials(JSON.parse(text))
}

/**
 * Reads credentials from outside, e.g. what an enrolment answered beside the key.
 *
 * @throws {TypeError}
 */
export function parseCredentials(value: unknown): Credentials {
  const members: Partial<Record<keyof Credentials, unknown>> =
    typeof value === "object" && value !== null ? value : {}
  return {
    instance: textOf(members, "instance"),
    agent: textOf(members, "agent"),
    issuer: address(members, "issuer"),
    tokenEndpoint: address(members, "tokenEndpoint"),
    resource: address(members, "resource"),
    key: parseAgentKey(members.key),
  }
}

function textOf(members: Readonly<Record<string, unknown>>, name: string): string {
  const value = members[name]
  if (typeof value !== "string" || !value)
    throw new TypeError(`The credentials have no ${name}; enrol again.`)
  return value
}

function address(members: Readonly<Record<string, unknown>>, name: string): string {
  const value = textOf(members, name)
  if (!isPrivateAddress(value)) throw new TypeError(`The ${name} of the credentials is no https address.`)
  return value
}

/** Answers whether nobody on a network can read what is sent to this address: https, or http on this machine. */
export function isPrivateAddress(value: string): boolean {
  const url = URL.parse(value)
  return url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK.includes(url.hostname))
}

const LOOPBACK: readonly string[] = ["127.0.0.1", "[::1]", "localhost"]
