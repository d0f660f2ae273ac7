import type { SinkView } from "@tabard/api"
import type { SinkChoice, SinkContent, SinkKind } from "@tabard/core"
import { count } from "./count.ts"

/** What each kind of receiver is called. */
export const SINK_KIND_WORDS: Readonly<Record<SinkKind, string>> = {
  jsonl: "Files of JSON lines",
  syslog: "Syslog over TLS",
  splunk: "Splunk HTTP Event Collector",
  otlp: "OpenTelemetry logs (OTLP/HTTP)",
  elasticsearch: "Elasticsearch data stream",
  sentinel: "Microsoft Sentinel",
  s3: "S3, as Security Lake lays it out",
  webhook: "Webhook, signed",
}

/** What each content is called. */
export const SINK_CONTENT_WORDS: Readonly<Record<SinkContent, string>> = {
  own: "Tabard’s own events",
  "ocsf-1.8.0": "OCSF 1.8.0",
  "ocsf-1.9.0": "OCSF 1.9.0",
  ecs: "Elastic Common Schema",
}

/** Says what a sink carries. */
export function carriedWords({ choice, checkpoints }: Pick<SinkView, "choice" | "checkpoints">): string {
  const entries = choiceWords(choice)
  return checkpoints ? `${entries}, and checkpoints` : entries
}

function choiceWords(choice: SinkChoice): string {
  switch (choice.kind) {
    case "all":
      return "All entries"
    case "calls":
      return "Decisions and outcomes of calls"
    case "types":
      return `Entries of ${count(choice.types.length, "type")}`
  }
}

/** Says where a receiver is, by that of its settings which people know it by. */
export function receiverWords({ kind, settings }: Pick<SinkView, "kind" | "settings">): string {
  const said = (name: string): string => {
    const value = settings[name]
    return typeof value === "string" || typeof value === "number" ? String(value) : ""
  }
  switch (kind) {
    case "jsonl":
      return `export/${said("directory")}`
    case "syslog":
      return `${said("host")}:${said("port")}`
    case "sentinel":
      return said("dce")
    case "s3":
      return `${said("bucket")}/${said("prefix")}`
    case "splunk":
    case "otlp":
    case "elasticsearch":
    case "webhook":
      return said("url")
  }
}
