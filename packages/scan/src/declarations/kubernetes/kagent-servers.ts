import type { ServerEntry } from "../../configurations/server-entries.ts"
import type { CredentialReader } from "../../credentials/credential-reader.ts"
import { asFields, asText, asTexts, type Fields, field, fieldAt } from "../../documents/fields.ts"
import type { Resource } from "./manifests.ts"

/** Answers the MCP server that a resource of kagent declares, or undefined where it declares none. */
export function kagentServer(resource: Resource, reader: CredentialReader): ServerEntry | undefined {
  const launch = SERVERS[resource.kind]?.(asFields(field(resource.fields, "spec")) ?? {})
  if (!launch) return undefined
  readSecretRefs(resource, reader)
  const path = [...resource.path, "spec", ...launch.within]
  return { name: resource.name ?? resource.kind, fields: launch.fields, path }
}

/** What a server starts or calls, and where in the resource it is said. */
interface Launch {
  readonly fields: Fields
  readonly within: readonly string[]
}

const SERVERS: Readonly<Record<string, (spec: Fields) => Launch | undefined>> = {
  RemoteMCPServer: remote,
  MCPServer: deployed,
  ToolServer: configured,
}

function remote(spec: Fields): Launch | undefined {
  const url = asText(field(spec, "url"))
  if (!url?.includes("://")) return undefined
  const type = /sse/i.test(asText(field(spec, "protocol")) ?? "") ? "sse" : "http"
  return { fields: { url, type }, within: [] }
}

/** An image without a command starts what is in it. */
function deployed(spec: Fields): Launch | undefined {
  const deployment = asFields(field(spec, "deployment"))
  const command = asText(field(deployment, "cmd"))
  const image = asText(field(deployment, "image"))
  const args = asTexts(field(deployment, "args"))
  const env = field(deployment, "env")
  const within = ["deployment"]
  if (command !== undefined) return { fields: { command, args, env }, within }
  return image === undefined
    ? undefined
    : { fields: { command: "docker", args: ["run", image, ...args], env }, within }
}

function configured(spec: Fields): Launch | undefined {
  const config = asFields(field(spec, "config"))
  const stdio = asFields(field(config, "stdio"))
  if (stdio) return { fields: stdio, within: ["config", "stdio"] }
  const type = asFields(field(config, "sse")) ? "sse" : "http"
  const url = asText(field(asFields(field(config, "sse", "streamableHttp")), "url"))
  return url === undefined ? undefined : { fields: { url, type }, within: ["config"] }
}

/** Headers and variables that are filled from a Secret of the cluster. */
function readSecretRefs({ fields, document, path }: Resource, reader: CredentialReader): void {
  const lists = [
    fieldAt(fields, ["spec", "headersFrom"]),
    fieldAt(fields, ["spec", "deployment", "secretRefs"]),
  ]
  const items = lists.flatMap((list): readonly unknown[] => (Array.isArray(list) ? list : []))
  for (const item of items) {
    const from = asFields(field(asFields(item), "valueFrom")) ?? asFields(item)
    const name = asText(field(from, "name", "valueRef", "secretName"))
    if (name !== undefined && field(from, "type") !== "ConfigMap")
      reader.refer("helper", `secret/${name}`, document.lineOf([...path, "spec"]))
  }
}
