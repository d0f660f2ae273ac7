// AdmissionReview v1: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
import {
  type FoundFinding,
  isAtLeast,
  isJsonObject,
  type Json,
  type JsonObject,
  type Severity,
  visibleText,
} from "@tabard/core"
import type { Standards } from "../../standards/standards.ts"
import { text } from "../fields.ts"
import type { AgentSigns, ReviewedAgent } from "../provisioned.ts"
import { vetProvisioned } from "../vet-provisioned.ts"
import { provisionedPods } from "./provisioned-pods.ts"

/** What admission is judged by. */
export interface AdmissionTerms {
  readonly standards: Standards
  readonly reviewed: ReadonlyMap<string, ReviewedAgent>
  readonly signs: AgentSigns
  /** The least severity that keeps a resource out; what is less is a warning. */
  readonly failOn: Severity
  readonly now: Date
}

/** What the API server is answered. */
export interface AdmissionAnswer {
  readonly apiVersion: "admission.k8s.io/v1"
  readonly kind: "AdmissionReview"
  readonly response: {
    readonly uid: string
    readonly allowed: boolean
    readonly status?: { readonly code: 403; readonly reason: "Forbidden"; readonly message: string }
    readonly warnings?: readonly string[]
  }
}

/** What the API server takes of a warning before it cuts it. */
const LONGEST_WARNING = 120
const MOST_WARNINGS = 20
const LONGEST_MESSAGE = 2000

/**
 * Judges whether a resource may be made: `undefined` for what is no review at all, so that the API server's own failure policy
 * decides. What cannot be understood of a review is refused. It has no effect, so a dry run is judged like any other.
 */
export function judgeAdmission(review: Json, terms: AdmissionTerms): AdmissionAnswer | undefined {
  const request = isJsonObject(review) ? review["request"] : undefined
  const uid = isJsonObject(request) ? text(request["uid"]) : undefined
  if (!isReview(review) || !isJsonObject(request) || uid === undefined || uid.length > 200) return undefined
  const { operation, object } = request
  if (operation === "DELETE" || operation === "CONNECT") return answer(uid, [], [])
  if (!isJsonObject(object)) return answer(uid, ["the review holds no object to judge"], [])
  const { findings } = vetProvisioned({ ...terms, provisioned: agentsIn(request, object, terms) }, terms.now)
  const stops = findings.filter(({ severity }) => isAtLeast(severity, terms.failOn))
  const others = findings.filter((finding) => !stops.includes(finding))
  return answer(uid, stops.map(words), others.map(words))
}

function isReview(review: Json): boolean {
  return (
    isJsonObject(review) &&
    review["kind"] === "AdmissionReview" &&
    review["apiVersion"] === "admission.k8s.io/v1"
  )
}

function agentsIn(
  request: JsonObject,
  object: JsonObject,
  { signs, standards }: AdmissionTerms,
): ReturnType<typeof provisionedPods> {
  const kind = isJsonObject(request["kind"]) ? text(request["kind"]["kind"]) : undefined
  const namespace = text(request["namespace"])
  const name = text(request["name"]) ?? nameIn(object) ?? "unnamed"
  const subject = [kind ?? "resource", [namespace, name].filter(Boolean).join("/")].join(" ")
  const asked = { resource: object, subject, file: "", path: [], placeOf: () => undefined, namespace }
  return provisionedPods(asked, signs, standards)
}

function nameIn({ metadata }: JsonObject): string | undefined {
  return isJsonObject(metadata) ? (text(metadata["name"]) ?? text(metadata["generateName"])) : undefined
}

function words({ rule, subject, message, remediation }: FoundFinding): string {
  return visibleText(`${subject}: ${message} ${remediation} [${rule}]`)
}

function answer(uid: string, stops: readonly string[], others: readonly string[]): AdmissionAnswer {
  const message = `Tabard: ${stops.join(" ")}`.slice(0, LONGEST_MESSAGE)
  const warnings = others.slice(0, MOST_WARNINGS).map((warning) => warning.slice(0, LONGEST_WARNING))
  return {
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    response: {
      uid,
      allowed: stops.length === 0,
      ...(stops.length > 0 ? { status: { code: 403, reason: "Forbidden", message } } : {}),
      ...(warnings.length > 0 ? { warnings } : {}),
    },
  }
}
