/** The kinds of receiver that the record can be exported to. */
export const SINK_KINDS = [
  "jsonl",
  "syslog",
  "splunk",
  "otlp",
  "elasticsearch",
  "sentinel",
  "s3",
  "webhook",
] as const

/** One kind of receiver. */
export type SinkKind = (typeof SINK_KINDS)[number]

/** What a sink's receiver gets of each entry: our own envelope, or a projection of it. */
export const SINK_CONTENTS = ["own", "ocsf-1.8.0", "ocsf-1.9.0", "ecs"] as const

/** One content. */
export type SinkContent = (typeof SINK_CONTENTS)[number]

/** Which entries a sink carries: all, the decisions and outcomes of calls alone, or those of the types named. */
export type SinkChoice =
  | { readonly kind: "all" }
  | { readonly kind: "calls" }
  | { readonly kind: "types"; readonly types: readonly string[] }
