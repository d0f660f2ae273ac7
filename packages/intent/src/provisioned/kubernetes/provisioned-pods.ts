import { isJsonObject, type Json, type JsonObject } from "@tabard/core"
import type { PlaceOf, ValuePath } from "../../standards/place.ts"
import type { Standards } from "../../standards/standards.ts"
import { AGENT_VARIABLES } from "../agent-variables.ts"
import { block, listOf, text } from "../fields.ts"
import { type AgentSigns, type Provisioned, type Told, UNKNOWN } from "../provisioned.ts"
import { containersIn, type DescribedPod, podsIn } from "./pods.ts"

/** A resource of Kubernetes, and where it was read. */
export interface KubernetesResource {
  readonly resource: Json
  readonly subject: string
  readonly file: string
  readonly path: ValuePath
  readonly placeOf: PlaceOf
  /** Where it goes, where it does not say so itself. */
  readonly namespace?: string | undefined
}

/** Kinds of which each resource is an agent, by the group of their API. */
const AGENT_KINDS: readonly (readonly [group: string, kind: string])[] = [
  ["kagent.dev", "Agent"],
  ["kagent.dev", "SandboxAgent"],
  ["kagent.dev", "AgentHarness"],
]

/** Answers the agents among what a resource describes: by their own word, by what they run, or by whom they run as. */
export function provisionedPods(
  asked: KubernetesResource,
  signs: AgentSigns,
  standards: Standards,
): readonly Provisioned[] {
  const pods = podsIn(asked.resource).map((pod) => fromPod(pod, asked, { signs, standards }))
  return [...pods, ...fromKind(asked)].filter(({ sign, agent }) => sign !== null || agent !== undefined)
}

function fromPod(
  { spec, metadata }: DescribedPod,
  asked: KubernetesResource,
  { signs, standards }: { readonly signs: AgentSigns; readonly standards: Standards },
): Provisioned {
  const account = accountOf(spec, namespaceOf(metadata, asked))
  return {
    ...placed(asked),
    ...declaredIn(metadata),
    account,
    sign: signOf(spec, signs) ?? accountSign(account, standards),
    weaknesses: [],
  }
}

function fromKind(asked: KubernetesResource): readonly Provisioned[] {
  const { resource } = asked
  if (!isJsonObject(resource)) return []
  const [group] = (text(resource["apiVersion"]) ?? "").split("/")
  const kind = AGENT_KINDS.find(([of, name]) => of === group && name === resource["kind"])
  if (!kind) return []
  const metadata = listOf(resource["metadata"])
  const sign = `${kind[1]} of ${kind[0]}`
  return [{ ...placed(asked), ...declaredIn(metadata), account: null, sign, weaknesses: [] }]
}

function placed({
  subject,
  file,
  path,
  placeOf,
}: KubernetesResource): Pick<Provisioned, "subject" | "kind" | "file" | "path" | "placeOf"> {
  return { subject, kind: "agent", file, path, placeOf }
}

/** The nearest word counts; a label will do, so that a webhook can be narrowed to those that have it. */
function declaredIn(metadata: readonly JsonObject[]): { agent: Told; owner: Told; lock: Told } {
  const said = (name: string): Told =>
    metadata
      .flatMap((each) => [block(each["annotations"])?.[name], block(each["labels"])?.[name]])
      .map(toldOf)
      .find((value) => value !== undefined)
  return { agent: said("tabard/agent"), owner: said("tabard/owner"), lock: said("tabard/lock") }
}

/** Terraform puts true where it does not know yet. */
function toldOf(value: Json | undefined): Told {
  return value === true ? UNKNOWN : text(value)
}

function namespaceOf(metadata: readonly JsonObject[], { namespace }: KubernetesResource): string {
  return metadata.map((each) => text(each["namespace"])).find(Boolean) ?? namespace ?? "default"
}

function accountOf(spec: JsonObject, namespace: string): Told {
  const names = ["serviceAccountName", "service_account_name", "serviceAccount"].map((name) =>
    toldOf(spec[name]),
  )
  const name = names.find((each) => each !== undefined) ?? "default"
  return typeof name === "string" ? `${namespace}/${name}` : name
}

function signOf(spec: JsonObject, signs: AgentSigns): string | null {
  const containers = containersIn(spec)
  const image = containers.map((container) => imageSign(container, signs)).find((sign) => sign !== undefined)
  const variable = containers
    .flatMap(({ env }) => listOf(env))
    .map(({ name }) => text(name))
    .find((name) => name !== undefined && AGENT_VARIABLES.has(name))
  return image ?? (variable === undefined ? null : `it is given ${variable}`)
}

function imageSign({ image }: JsonObject, signs: AgentSigns): string | undefined {
  const says = signs.image(text(image) ?? "")
  return says === undefined ? undefined : `its image is ${says}`
}

function accountSign(account: Told, { workloads }: Standards): string | null {
  const own = workloads.find(({ accounts }) => typeof account === "string" && accounts.includes(account))
  return own ? `it runs as ${String(account)}, which is the agent ${own.agent}'s` : null
}
