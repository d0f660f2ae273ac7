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

type Read = (reading: Reading, subject: JsonObject) => Promise<KnownSubject | undefined>

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

/** Answers whom a subject names here, or undefined where it is nobody, or more than one. */
export async function resolveSubject(
  reading: Reading,
  subject: JsonObject,
  depth: number = DEEPEST,
): Promise<KnownSubject | undefined> {
  const format = textIn(subject, "format")
  const read = Object.entries(FORMATS).find(([name]) => name === format)?.[1]
  const isNested = format === "aliases" || format === "complex"
  if (!read || (isNested && depth < DEEPEST)) return undefined
  return read(reading, subject)
}

async function personByEmail(
  { users }: SubjectReads,
  email: string | undefined,
): Promise<KnownSubject | undefined> {
  const person = email === undefined ? undefined : await users.findByEmail(email)
  return person && { kind: "person", person }
}

async function agentBy(
  { tx, trustDomain }: Reading,
  text: string | undefined,
): Promise<KnownSubject | undefined> {
  if (text === undefined) return undefined
  const named = agentNamed(trustDomain, text)
  if (!named) return workloadBy(tx, trustDomainOf(text), text)
  const agent = await tx.agents.find(named.agent)
  return agent && { kind: "agent", agent, instance: named.instance }
}

/** An agent that somebody names as a subject of its issuer, or a person as their OpenID provider knows them. */
async function bySubject(reading: Reading, subject: JsonObject): Promise<KnownSubject | undefined> {
  const [issuer, sub] = [textIn(subject, "iss"), textIn(subject, "sub")]
  if (issuer === undefined || sub === undefined) return undefined
  const agent = (await agentBy(reading, sub)) ?? (await workloadBy(reading.tx, issuer, sub))
  if (agent) return agent
  const user = await reading.tx.bindings.find({ issuer, subject: sub })
  const person = user && (await reading.tx.users.find(user))
  return person && { kind: "person", person }
}

/** The most trust rules about one issuer that are looked through. */
const MOST_RULES = 200

/** A workload of an outside issuer is the install that a trust rule says; one that several rules see as several is nobody. */
async function workloadBy(
  { agents, trustRules }: SubjectReads,
  issuer: string | undefined,
  sub: string,
): Promise<KnownSubject | undefined> {
  if (issuer === undefined) return undefined
  const rules = await trustRules.aboutIssuer(issuer, { limit: MOST_RULES })
  const [rule, ...others] = rules.filter((one) => isAboutSubject(one, sub))
  if (!rule || others.some(({ agent }) => agent !== rule.agent)) return undefined
  const agent = await agents.find(rule.agent)
  const instance = others.every((one) => one.instance === rule.instance) ? rule.instance : undefined
  return agent && { kind: "agent", agent, instance }
}

/** A rule that does not look at the subject says nothing of whose it is. */
function isAboutSubject({ conditions }: TrustRule, sub: string): boolean {
  const about = conditions.filter(({ claim }) => claim.length === 1 && claim[0] === "sub")
  return about.length > 0 && about.every((condition) => meetsCondition(condition, { sub }))
}

/** All of them are to name one and the same: of several that are known here nobody can say who is meant. */
async function byAliases(reading: Reading, subject: JsonObject): Promise<KnownSubject | undefined> {
  const { identifiers } = subject
  const aliases = Array.isArray(identifiers) ? identifiers.slice(0, MOST_ALIASES).filter(isObject) : []
  let found: KnownSubject | undefined
  for (const alias of aliases) {
    const one = await resolveSubject(reading, alias, DEEPEST - 1)
    if (found && one && idOf(found) !== idOf(one)) return undefined
    found ??= one
  }
  return found
}

/** Members narrow down whom it is about. We know no single sessions and devices of others: the whole person or agent is meant. */
async function byMembers(reading: Reading, subject: JsonObject): Promise<KnownSubject | undefined> {
  for (const member of ["user", "application", "device"]) {
    const named = subject[member]
    if (named === undefined || !isObject(named)) continue
    const found = await resolveSubject(reading, named, DEEPEST - 1)
    if (found) return found
  }
  return undefined
}

function idOf(subject: KnownSubject): string {
  return subject.kind === "agent" ? subject.agent.id : subject.person.id
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
