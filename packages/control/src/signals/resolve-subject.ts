import type { Agent, Id, Json, JsonObject, TrustRule, User } from "@tabard/core"
import { trustDomainOf } from "../federation/spiffe-id.ts"
import { meetsCondition } from "../federation/trust-condition.ts"
import type { Transaction } from "../transaction.ts"
import { agentNamed, textIn } from "./subject.ts"

/** Whom a received signal is about, as this organisation knows them. */
export type KnownSubject =
  /** With the install that is meant, where one alone is. */
  | { readonly kind: "agent"; readonly agent: Agent; readonly instance: Id<"instance"> | undefined }
  | { readonly kind: "person"; readonly person: User }

/** Where subjects are looked up. */
export type SubjectReads = Pick<Transaction, "agents" | "bindings" | "trustRules" | "users">

/** By what a subject is read. */
interface Reading {
  readonly tx: SubjectReads
  readonly trustDomain: string
}

type Read = (reading: Reading, subject: JsonObject) => Promise<readonly KnownSubject[]>

/** How each format of RFC 9493 that can name somebody here is read. */
const FORMATS: Readonly<Record<string, Read>> = {
  email: ({ tx }, subject) => personByEmail(tx, textIn(subject, "email")),
  account: ({ tx }, subject) => personByEmail(tx, textIn(subject, "uri")?.replace(/^acct:/, "")),
  uri: (reading, subject) => agentBy(reading, textIn(subject, "uri")),
  iss_sub: bySubject,
  opaque: (reading, subject) => agentBy(reading, textIn(subject, "id")),
  aliases: byAliases,
  complex: byMembers,
}

/** How deep subjects may hold others: a member of a complex one, or one of several aliases. */
const DEEPEST = 2

/** The most aliases that are read. */
const MOST_ALIASES = 20

/**
 * Answers whom a subject names here: nobody, one, or every one that is known by that name. A rule about somebody else's
 * workload makes that workload its maker's too, and takes it from nobody: a signal about it reaches all of them.
 */
export async function resolveSubject(
  reading: Reading,
  subject: JsonObject,
  depth: number = DEEPEST,
): Promise<readonly KnownSubject[]> {
  const format = textIn(subject, "format")
  const read = Object.entries(FORMATS).find(([name]) => name === format)?.[1]
  const isNested = format === "aliases" || format === "complex"
  if (!read || (isNested && depth < DEEPEST)) return []
  return read(reading, subject)
}

async function personByEmail(
  { users }: SubjectReads,
  email: string | undefined,
): Promise<readonly KnownSubject[]> {
  const person = email === undefined ? undefined : await users.findByEmail(email)
  return person ? [{ kind: "person", person }] : []
}

async function agentBy(
  { tx, trustDomain }: Reading,
  text: string | undefined,
): Promise<readonly KnownSubject[]> {
  if (text === undefined) return []
  const named = agentNamed(trustDomain, text)
  if (!named) return workloadsBy(tx, trustDomainOf(text), text)
  const agent = await tx.agents.find(named.agent)
  return agent ? [{ kind: "agent", agent, instance: named.instance }] : []
}

/** An agent that somebody names as a subject of its issuer, and a person as their OpenID provider knows them. */
async function bySubject(reading: Reading, subject: JsonObject): Promise<readonly KnownSubject[]> {
  const [issuer, sub] = [textIn(subject, "iss"), textIn(subject, "sub")]
  if (issuer === undefined || sub === undefined) return []
  const named = await agentBy(reading, sub)
  const agents = named.length > 0 ? named : await workloadsBy(reading.tx, issuer, sub)
  const user = await reading.tx.bindings.find({ issuer, subject: sub })
  const person = user && (await reading.tx.users.find(user))
  return person ? [...agents, { kind: "person", person }] : agents
}

/** The most trust rules about one issuer that are looked through. */
const MOST_RULES = 200

/** A workload of an outside issuer is each agent whose trust rules take it; of one that has several, no single install is meant. */
async function workloadsBy(
  { agents, trustRules }: SubjectReads,
  issuer: string | undefined,
  sub: string,
): Promise<readonly KnownSubject[]> {
  if (issuer === undefined) return []
  const rules = await trustRules.aboutIssuer(issuer, { limit: MOST_RULES })
  const about = Map.groupBy(
    rules.filter((one) => isAboutSubject(one, sub)),
    ({ agent }) => agent,
  )
  const known: KnownSubject[] = []
  for (const [id, [rule, ...others]] of about) {
    const agent = await agents.find(id)
    const isOne = others.every((one) => one.instance === rule?.instance)
    if (agent) known.push({ kind: "agent", agent, instance: isOne ? rule?.instance : undefined })
  }
  return known
}

/** A rule that does not look at the subject says nothing of whose it is. */
function isAboutSubject({ conditions }: TrustRule, sub: string): boolean {
  const about = conditions.filter(({ claim }) => claim.length === 1 && claim[0] === "sub")
  return about.length > 0 && about.every((condition) => meetsCondition(condition, { sub }))
}

/** Whom each of those names that names anybody here: of several that have nobody in common nobody can say who is meant. */
async function byAliases(reading: Reading, subject: JsonObject): Promise<readonly KnownSubject[]> {
  const { identifiers } = subject
  const aliases = Array.isArray(identifiers) ? identifiers.slice(0, MOST_ALIASES).filter(isObject) : []
  let found: readonly KnownSubject[] | undefined
  for (const alias of aliases) {
    const these = await resolveSubject(reading, alias, DEEPEST - 1)
    const ids = these.map(idOf)
    if (these.length > 0) found = found ? found.filter((one) => ids.includes(idOf(one))) : these
  }
  return found ?? []
}

/** Members narrow down whom it is about. We know no single sessions and devices of others: the whole person or agent is meant. */
async function byMembers(reading: Reading, subject: JsonObject): Promise<readonly KnownSubject[]> {
  for (const member of ["user", "application", "device"]) {
    const named = subject[member]
    if (named === undefined || !isObject(named)) continue
    const found = await resolveSubject(reading, named, DEEPEST - 1)
    if (found.length > 0) return found
  }
  return []
}

function idOf(subject: KnownSubject): string {
  return subject.kind === "agent" ? subject.agent.id : subject.person.id
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
