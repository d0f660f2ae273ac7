import type { SinkReceiver } from "@tabard/api"
import type { SinkKind } from "@tabard/core"
import type { SinkDraft } from "./sink-draft.ts"
import { SINK_FIELDS } from "./sink-fields.ts"

/** Answers the receiver that a draft describes. Secrets that nobody typed are left out, which keeps those there are. */
export function receiverIn(draft: SinkDraft): SinkReceiver {
  return RECEIVERS[draft.kind](fieldsOf(draft))
}

/** The field by which a webhook gets a new signing secret. */
export const NEW_SECRET = "newSecret"

interface Fields {
  text(name: string): string
  number(name: string): number
  flag(name: string): boolean
  /** The field's own member where something was typed, and none otherwise. */
  optional<Name extends string>(name: Name): Readonly<Partial<Record<Name, string>>>
}

const RECEIVERS: Readonly<Record<SinkKind, (of: Fields) => SinkReceiver>> = {
  jsonl: (of) => ({
    kind: "jsonl",
    settings: { directory: of.text("directory"), rotateBytes: of.number("rotateBytes") },
  }),
  syslog: (of) => ({
    kind: "syslog",
    settings: {
      host: of.text("host"),
      port: of.number("port"),
      facility: of.number("facility"),
      appName: of.text("appName"),
      format: of.text("format") === "cef" ? "cef" : "json",
      ...of.optional("ca"),
      ...of.optional("clientCertificate"),
    },
    ...given({ ...of.optional("clientKey") }),
  }),
  splunk: (of) => ({
    kind: "splunk",
    settings: {
      url: of.text("url"),
      sourcetype: of.text("sourcetype"),
      ack: of.flag("ack"),
      ...of.optional("index"),
      ...of.optional("ca"),
    },
    ...(of.text("token") && { secrets: { token: of.text("token") } }),
  }),
  otlp: (of) => ({
    kind: "otlp",
    settings: { url: of.text("url"), ...of.optional("ca") },
    ...(of.text("headers") && { secrets: { headers: headersIn(of.text("headers")) } }),
  }),
  elasticsearch: (of) => ({
    kind: "elasticsearch",
    settings: { url: of.text("url"), dataStream: of.text("dataStream"), ...of.optional("ca") },
    ...(of.text("apiKey") && { secrets: { apiKey: of.text("apiKey") } }),
  }),
  sentinel: (of) => ({
    kind: "sentinel",
    settings: {
      dce: of.text("dce"),
      dcrId: of.text("dcrId"),
      stream: of.text("stream"),
      tenantId: of.text("tenantId"),
      clientId: of.text("clientId"),
      loginUrl: of.text("loginUrl"),
    },
    ...(of.text("clientSecret") && { secrets: { clientSecret: of.text("clientSecret") } }),
  }),
  s3: (of) => ({
    kind: "s3",
    settings: {
      bucket: of.text("bucket"),
      prefix: of.text("prefix"),
      region: of.text("region"),
      account: of.text("account"),
      sourceName: of.text("sourceName"),
      everyMinutes: of.number("everyMinutes"),
      pathStyle: of.flag("pathStyle"),
      ...of.optional("endpoint"),
      ...of.optional("ca"),
    },
    ...(of.text("accessKeyId") && {
      secrets: {
        key: { accessKeyId: of.text("accessKeyId"), secretAccessKey: of.text("secretAccessKey") },
      },
    }),
  }),
  webhook: (of) => ({
    kind: "webhook",
    settings: { url: of.text("url"), ...of.optional("ca") },
    // Named and left empty, it is made anew.
    ...(of.flag(NEW_SECRET) && { secrets: {} }),
  }),
}

function fieldsOf({ kind, values }: SinkDraft): Fields {
  const usual = (name: string): string => SINK_FIELDS[kind].find((field) => field.name === name)?.usual ?? ""
  const text = (name: string): string => (values[name] ?? usual(name)).trim()
  return {
    text,
    number: (name) => Number(text(name)),
    flag: (name) => text(name) === "true",
    optional: <Name extends string>(name: Name) => {
      const said: Partial<Record<Name, string>> = {}
      if (text(name) !== "") said[name] = text(name)
      return said
    },
  }
}

function given<Secrets extends object>(secrets: Secrets): { readonly secrets?: Secrets } {
  return Object.keys(secrets).length === 0 ? {} : { secrets }
}

/** Lines of `Name: value`; what has no name is told by the server. */
function headersIn(text: string): Readonly<Record<string, string>> {
  const lines = text.split("\n").filter((line) => line.trim() !== "")
  return Object.fromEntries(
    lines.map((line) => {
      const [name = "", ...rest] = line.split(":")
      return [name.trim(), rest.join(":").trim()]
    }),
  )
}
