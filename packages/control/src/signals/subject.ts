// Subject identifiers: https://www.rfc-editor.org/rfc/rfc9493
import { canonicalText, type Id, isId, type Json, type JsonObject } from "@tabard/core"
import { spiffeId } from "../tokens/token-claims.ts"
import type { SubjectForm } from "./signal-stream-store.ts"

/** By what names the agents of an organisation are known to others. */
export interface SubjectNames {
  readonly trustDomain: string
  /** Who says so: the issuer of the signals. */
  readonly issuer: string
}

/** Whom a signal is about. */
export type SignalSubject =
  | { readonly kind: "agent"; readonly agent: Id<"agent">; readonly instance?: Id<"instance"> | undefined }
  | { readonly kind: "person"; readonly email: string }

/** Answers a subject as a stream names it. */
export function subjectId(names: SubjectNames, form: SubjectForm, subject: SignalSubject): JsonObject {
  if (subject.kind === "person") return { format: "email", email: subject.email }
  const uri = spiffeId(names.trustDomain, subject.agent, subject.instance)
  return form === "uri" ? { format: "uri", uri } : { format: "iss_sub", iss: names.issuer, sub: uri }
}

/** Answers every spelling by which a receiver may have asked to be told of a subject; an install is its agent's. */
export function spellingsOf(names: SubjectNames, subject: SignalSubject): readonly string[] {
  const whole: SignalSubject = subject.kind === "agent" ? { kind: "agent", agent: subject.agent } : subject
  return [...new Set((["uri", "iss_sub"] as const).map((form) => spelt(subjectId(names, form, whole))))]
}

/** Answers one spelling for each subject: members in order, an email without regard to case. */
export function spelt(subject: JsonObject): string {
  const { email } = subject
  return canonicalText(typeof email === "string" ? { ...subject, email: email.toLowerCase() } : subject)
}

/** Answers the agent, and the install where one is named, whose SPIFFE id of this trust domain a text is. */
export function agentNamed(
  trustDomain: string,
  text: string,
): { readonly agent: Id<"agent">; readonly instance: Id<"instance"> | undefined } | undefined {
  const beginning = `spiffe://${trustDomain}/agent/`
  if (!text.startsWith(beginning)) return undefined
  const [agent, word, instance, ...more] = text.slice(beginning.length).split("/")
  if (!isId("agent", agent) || more.length > 0) return undefined
  if (word === undefined) return { agent, instance: undefined }
  return word === "instance" && isId("instance", instance) ? { agent, instance } : undefined
}

/** Answers a member of a subject where it is text. */
export function textIn(subject: JsonObject, name: string): string | undefined {
  const value: Json | undefined = subject[name]
  return typeof value === "string" ? value : undefined
}
