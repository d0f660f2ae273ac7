import type { Json, JsonObject } from "@tabard/core"
import type { PlaceOf } from "../../standards/place.ts"
import type { Standards } from "../../standards/standards.ts"
import { block, text } from "../fields.ts"
import { provisionedPods } from "../kubernetes/provisioned-pods.ts"
import { type AgentSigns, type Provisioned, type Told, UNKNOWN } from "../provisioned.ts"
import { IDENTITY_RESOURCES, type IdentityResource } from "./identity-resources.ts"
import type { PlannedResource } from "./read-plan.ts"
import { type RoleTrust, roleTrust } from "./trust.ts"

/** A plan's file, and where its parts stand. */
export interface PlanFile {
  readonly file: string
  readonly placeOf: PlaceOf
}

/** Answers the agents that a plan makes, and what it makes for them to act by. */
export function provisionedResources(
  resources: readonly PlannedResource[],
  file: PlanFile,
  { signs, standards }: { readonly signs: AgentSigns; readonly standards: Standards },
): readonly Provisioned[] {
  const declared = resources.flatMap((resource) => {
    const at = { ...file, subject: resource.address, path: resource.path }
    return [
      ...agentOf(resource, at, signs),
      ...identityOf(resource, at, standards),
      ...(resource.type.startsWith("kubernetes_") ? podsOf(resource, at, { signs, standards }) : []),
    ]
  })
  return declared.filter(({ sign, agent }) => sign !== null || agent !== undefined)
}

type At = Pick<Provisioned, "subject" | "file" | "path" | "placeOf">

function agentOf({ type, values }: PlannedResource, at: At, signs: AgentSigns): readonly Provisioned[] {
  const says = signs.resource(type)
  if (says === undefined) return []
  const account = toldOf(values["agent_resource_role_arn"] ?? values["role_arn"])
  // A role that is made with the agent has no name before that: it is looked at by itself.
  const known = typeof account === "string" ? account : null
  const sign = `it is: ${says}`
  return [{ ...at, ...declaredIn(values), kind: "agent", account: known, sign, weaknesses: [] }]
}

function podsOf(
  { values }: PlannedResource,
  at: At,
  terms: { readonly signs: AgentSigns; readonly standards: Standards },
): readonly Provisioned[] {
  // kubernetes_manifest holds the resource as Kubernetes spells it.
  const resource = block(values["manifest"]) ?? values
  return provisionedPods({ ...at, resource }, terms.signs, terms.standards)
}

function identityOf(
  { type, values }: PlannedResource,
  at: At,
  { workloads }: Standards,
): readonly Provisioned[] {
  const known = Object.hasOwn(IDENTITY_RESOURCES, type) ? IDENTITY_RESOURCES[type] : undefined
  if (!known) return []
  const whose = whoseOf(known, values)
  const own = workloads.find(({ accounts }) => typeof whose === "string" && accounts.includes(whose))
  const trust = known.kind === "role" ? roleTrust(values["assume_role_policy"]) : NO_TRUST
  const declared = declaredIn(values)
  return [
    {
      ...at,
      ...declared,
      kind: "identity",
      agent: declared.agent ?? own?.agent,
      account: null,
      sign: own ? `it is the agent ${own.agent}'s` : (trust.sign ?? unknownSign(known, whose)),
      weaknesses: [...weaknessesOf(known, values), ...trust.weaknesses],
    },
  ]
}

const NO_TRUST: RoleTrust = { sign: null, weaknesses: [] }

function whoseOf({ of }: IdentityResource, values: JsonObject): Told {
  return toldOf(of.map((name) => values[name]).find((value) => value !== undefined && value !== null))
}

/** A key for somebody who is not known yet may be an agent's; an account that has no name yet is looked at by its tags alone. */
function unknownSign({ kind, says }: IdentityResource, whose: Told): string | null {
  return kind === "key" && whose === UNKNOWN ? `${says} for whom is only known after apply` : null
}

function weaknessesOf({ kind, says, admits }: IdentityResource, values: JsonObject): readonly string[] {
  if (kind === "key") return [`It is ${says}, which lasts and can be copied.`]
  if (kind !== "federation" || admits === undefined) return []
  const admitted = toldOf(values[admits])
  if (admitted === undefined) return [`It is ${says} that lets in whomever its issuer names.`]
  if (admitted === UNKNOWN) return [`Whom it lets in is only known after apply: it is ${says}.`]
  return admitted.includes("*") ? [`It is ${says} that lets in ${admitted}.`] : []
}

/** Tags of AWS, tags of Azure, labels of Google Cloud: each platform takes other characters. */
function declaredIn(values: JsonObject): { agent: Told; owner: Told; lock: Told } {
  const tags = ["tags_all", "tags", "effective_labels", "labels"].map((name) => values[name])
  return { agent: said(tags, "agent"), owner: said(tags, "owner"), lock: said(tags, "lock") }
}

function said(tags: readonly (Json | undefined)[], name: string): Told {
  const spelt = [`tabard:${name}`, `tabard/${name}`, `tabard-${name}`]
  const values = tags.flatMap((each) => spelt.map((spelling) => toldOf(block(each)?.[spelling])))
  return values.find((value) => value !== undefined)
}

function toldOf(value: Json | undefined): Told {
  return value === true ? UNKNOWN : text(value)
}
