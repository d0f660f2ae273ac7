import type { Json } from "@tabard/core"
import { MalformedCedar } from "../cedar/malformed-cedar.ts"
import { type EntityUid, uidKey } from "../cedar.ts"
import type { ActionShape, EntityShape } from "./application-schema.ts"
import type { CompiledApplication } from "./compile-application.ts"
import { type ExplicitValue, explicitMembers, explicitValue, ValueRefused } from "./explicit-value.ts"
import type { Judgement } from "./judge.ts"
import type { Obligation } from "./obligation.ts"
import type { KnownEntity } from "./stored-entities.ts"

/** Whatever an object of a question holds. */
export interface Properties {
  readonly [name: string]: Json | undefined
}

/** A subject or a resource as a question names it. */
export interface AskedEntity {
  readonly type: string
  readonly id: string
  readonly properties: Properties
}

/** A question to an application. */
export interface ApplicationQuestion {
  readonly subject: AskedEntity
  readonly action: { readonly name: string; readonly properties: Properties }
  readonly resource: AskedEntity
  readonly context: Properties
}

/** Why an application answered as it did. */
export type ApplicationCode =
  | "permitted"
  | "forbidden"
  | "no_policy"
  | "evidence_missing"
  | "judges_disagree"
  | "question_unknown"

/** What an application answers. */
export interface ApplicationAnswer {
  readonly permitted: boolean
  readonly code: ApplicationCode
  /** The policies that brought it about. */
  readonly policies: readonly string[]
  readonly words: string
  readonly obligations: readonly Obligation[]
  /** Where two judges differ (see besideCedar): about what. */
  readonly dispute?: string
}

/**
 * Answers a question from the policies of an application: pure, and fail-closed. What the schema does not know is
 * denied, and so is what a policy erred on, since Cedar passes over a policy that errs.
 */
export function evaluateApplication(
  application: CompiledApplication,
  question: ApplicationQuestion,
): ApplicationAnswer {
  const shapes = shapesOf(application, question)
  if (typeof shapes === "string") return denied("question_unknown", shapes)
  try {
    const { action, principal, resource } = shapes
    const context = contextOf(action, question)
    const said = [
      saidOf(application, principal, question.subject),
      saidOf(application, resource, question.resource),
    ]
    return worded(
      application,
      application.judge({
        principal: uidOf(principal, question.subject),
        action: action.name,
        resource: uidOf(resource, question.resource),
        context,
        said: said.flat(),
      }),
    )
  } catch (error) {
    if (error instanceof ValueRefused || error instanceof MalformedCedar)
      return denied("evidence_missing", error.message)
    throw error
  }
}

interface Shapes {
  readonly action: ActionShape
  readonly principal: EntityShape
  readonly resource: EntityShape
}

function shapesOf({ schema }: CompiledApplication, question: ApplicationQuestion): Shapes | string {
  const [action, principal, resource] = [
    schema.actions.get(question.action.name),
    schema.entities.get(question.subject.type),
    schema.entities.get(question.resource.type),
  ]
  if (!principal || !isNamed(principal, question.subject)) return unknown("subject", question.subject)
  if (!resource || !isNamed(resource, question.resource)) return unknown("resource", question.resource)
  if (!action) return `nothing is known here of the action ${question.action.name.slice(0, 200)}`
  if (action.principals.has(principal.type) && action.resources.has(resource.type))
    return { action, principal, resource }
  const { subject, resource: on } = question
  return `a ${subject.type} cannot ${action.name.slice(0, 200)} a ${on.type}, whoever they are`
}

/** Where the schema lists the ids of a type, there are no others. */
function isNamed({ ids }: EntityShape, { id }: AskedEntity): boolean {
  return id.isWellFormed() && (ids === null || ids.has(id))
}

function unknown(which: string, { type }: AskedEntity): string {
  return `nothing is known here of such a ${which} of the type ${type.slice(0, 200)}`
}

/** What the action is asked with stands under `action`, and no member of the question's context takes its place. */
function contextOf(
  { context }: ActionShape,
  question: ApplicationQuestion,
): Readonly<Record<string, ExplicitValue>> {
  if (context.size === 0) return {}
  const given = { ...question.context, action: question.action.properties }
  return explicitMembers(context, given, "context", { undeclared: "ignored" })
}

/** As it is kept, with what the caller may say of it and did; nothing where they said nothing that counts. */
function saidOf(
  { entities }: CompiledApplication,
  { type, attributes }: EntityShape,
  { id, properties }: AskedEntity,
): readonly KnownEntity[] {
  const said: [string, ExplicitValue][] = []
  for (const [name, { type: declared, fromCaller }] of attributes) {
    const value = fromCaller && Object.hasOwn(properties, name) ? properties[name] : undefined
    if (value !== undefined && value !== null)
      said.push([name, explicitValue(declared, value, `properties.${name}`, { undeclared: "ignored" })])
  }
  if (said.length === 0) return []
  const kept = entities.get(uidKey({ type, id }))
  return [
    {
      uid: { type, id },
      parents: kept?.parents ?? [],
      attrs: { ...kept?.attrs, ...Object.fromEntries(said) },
    },
  ]
}

function uidOf({ type }: EntityShape, { id }: AskedEntity): EntityUid {
  return { type, id }
}

function worded(
  { policies }: CompiledApplication,
  { allowed, reasons, erred, dispute }: Judgement,
): ApplicationAnswer {
  if (dispute !== undefined) return { ...denied("judges_disagree", DISPUTED), dispute }
  if (erred.length > 0) {
    const words = "what a policy has to know to decide this is missing or wrong"
    return { ...denied("evidence_missing", words), policies: erred }
  }
  const deciding = reasons.flatMap((id) => policies.get(id) ?? [])
  const obligations = deciding.flatMap((policy) => policy.obligations)
  if (allowed)
    return {
      permitted: true,
      code: "permitted",
      policies: reasons,
      words: "a policy permits this",
      obligations,
    }
  if (reasons.length === 0) return denied("no_policy", "no policy permits this")
  const words = deciding.flatMap(({ say }) => say ?? []).join("; ") || "a policy forbids this"
  return { permitted: false, code: "forbidden", policies: reasons, words, obligations }
}

const DISPUTED = "two judges differ about this, so one of them is wrong; administrators have been told"

function denied(code: ApplicationCode, words: string): ApplicationAnswer {
  return { permitted: false, code, policies: [], words, obligations: [] }
}
