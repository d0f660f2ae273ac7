import type { ServerSighting } from "../../configurations/observation.ts"
import { asText, asTexts, field } from "../../documents/fields.ts"
import type { SourceAgent, SourceReader } from "../../sources/source-reader.ts"
import { knownImage } from "../compose/container-images.ts"
import { declarationKnowledge } from "../declaration-knowledge.ts"
import { declaredAgent } from "../declared-agent.ts"
import { DeclaredFile } from "../declared-file.ts"
import { declared } from "../declared-settings.ts"
import { type GraphNode, mapAt, nodesIn } from "../graph-nodes.ts"
import { endsInYaml, isIllustration } from "../places.ts"
import { type Resource, readManifests, resourcesIn } from "./manifests.ts"

/** Where each kind of workload describes its pod. */
const PODS: Readonly<Record<string, readonly string[]>> = {
  Pod: ["spec"],
  Deployment: ["spec", "template", "spec"],
  StatefulSet: ["spec", "template", "spec"],
  DaemonSet: ["spec", "template", "spec"],
  ReplicaSet: ["spec", "template", "spec"],
  Job: ["spec", "template", "spec"],
  CronJob: ["spec", "jobTemplate", "spec", "template", "spec"],
}

/** Reads workloads that run images which are agents or MCP servers. */
export const workloadReader: SourceReader = {
  tellsTooLarge: false,
  wants: (path, beneath) => endsInYaml(path) && !isIllustration(beneath),
  mayDeclare: (text) => text.includes("kind:") && namesImage(text),
  async read(source, context) {
    const file = new DeclaredFile(source, context)
    const documents = readManifests(source.text, context.limits.nesting)
    const containers = resourcesIn(documents).flatMap(containersOf)
    return file.read(
      containers.flatMap(agentOf),
      containers.flatMap((container) => serverOf(container, file)),
      documents,
    )
  },
}

let images: RegExp | undefined

/** A known image must stand behind `image:`; many files name a path that only looks like one. */
function namesImage(text: string): boolean {
  images ??= imageLine()
  return images.test(text)
}

function imageLine(): RegExp {
  const { agents, servers } = declarationKnowledge().images
  const names = [...agents.map(([image]) => image), ...servers].map((name) => name.replaceAll(".", "\\."))
  return new RegExp(`^[ \\t-]*image:[ \\t]*["']?(?:docker\\.io/)?(?:${names.join("|")})`, "m")
}

interface Container extends GraphNode {
  readonly resource: Resource
  readonly name: string
  readonly image: string
}

function containersOf(resource: Resource): readonly Container[] {
  const way = PODS[resource.kind]
  if (!way) return []
  const list = field(mapAt(resource.fields, ...way), "containers")
  return nodesIn(list, [...resource.path, ...way, "containers"]).flatMap(({ fields, path }) => {
    const image = asText(field(fields, "image"))
    const name = asText(field(fields, "name")) ?? resource.name ?? resource.kind
    return image === undefined ? [] : [{ resource, fields, path, name, image }]
  })
}

function agentOf({ resource, fields, path, name, image }: Container): readonly SourceAgent[] {
  const known = knownImage(image)
  if (known?.kind !== "agent") return []
  const isPrivileged = field(mapAt(fields, "securityContext"), "privileged") === true
  return [
    declaredAgent({
      framework: "docker-compose",
      name: resource.name ?? name,
      category: "production",
      line: resource.document.lineOf(path),
      what: `${resource.kind} runs ${known.says}`,
      settings: [declared("image", image), ...(isPrivileged ? [declared("container", "privileged")] : [])],
    }),
  ]
}

function serverOf(
  { resource, fields, path, name, image }: Container,
  file: DeclaredFile,
): readonly ServerSighting[] {
  if (knownImage(image)?.kind !== "server") return []
  const entry = {
    name,
    path,
    fields: { command: "docker", args: ["run", image, ...asTexts(field(fields, "args"))] },
  }
  return file.servers([entry], resource.document, file.credentialReader())
}
