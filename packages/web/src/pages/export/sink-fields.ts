import type { SinkKind } from "@tabard/core"

/** One field of a receiver's form. */
export interface SinkField {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly input: "text" | "url" | "number" | "check" | "lines" | "secret" | "secret lines"
  /** What it is where nobody says otherwise. */
  readonly usual?: string
  /** It may be left empty. */
  readonly optional?: true
  readonly options?: Readonly<Record<string, string>>
}

const URL_HINT = "It begins with https://."

const AUTHORITY: SinkField = {
  name: "ca",
  label: "Who signed its certificate (PEM)",
  hint: "The usual authorities where it is empty.",
  input: "lines",
  optional: true,
}

/** What is asked of each kind of receiver. A new kind does not compile until it is asked for something. */
export const SINK_FIELDS: Readonly<Record<SinkKind, readonly SinkField[]>> = {
  jsonl: [
    {
      name: "directory",
      label: "Folder",
      hint: "Below export/ in the data directory of the process that plays control.",
      input: "text",
    },
    { name: "rotateBytes", label: "Bytes a file", input: "number", usual: "67108864" },
  ],
  syslog: [
    { name: "host", label: "Host", input: "text" },
    { name: "port", label: "Port", input: "number", usual: "6514" },
    {
      name: "format",
      label: "Message",
      input: "text",
      usual: "json",
      options: { json: "JSON", cef: "Common Event Format" },
    },
    { name: "appName", label: "App name", input: "text", usual: "tabard" },
    {
      name: "facility",
      label: "Facility",
      hint: "13 is “log audit”, 10 is “authpriv”.",
      input: "number",
      usual: "13",
    },
    AUTHORITY,
    { name: "clientCertificate", label: "Our certificate (PEM)", input: "lines", optional: true },
    { name: "clientKey", label: "Its key (PEM)", input: "secret lines", optional: true },
  ],
  splunk: [
    {
      name: "url",
      label: "Collector",
      hint: "Its root, such as https://splunk.example.com:8088.",
      input: "url",
    },
    { name: "token", label: "Token", input: "secret" },
    { name: "sourcetype", label: "Source type", input: "text", usual: "tabard:audit" },
    { name: "index", label: "Index", input: "text", optional: true },
    {
      name: "ack",
      label: "It acknowledges what it has indexed",
      hint: "Switch it on at the token as well. Splunk Cloud has none.",
      input: "check",
      usual: "true",
    },
    AUTHORITY,
  ],
  otlp: [
    { name: "url", label: "Address", hint: "It ends in /v1/logs.", input: "url" },
    {
      name: "headers",
      label: "Headers",
      hint: "One a line, such as Authorization: Bearer …",
      input: "secret lines",
      optional: true,
    },
    AUTHORITY,
  ],
  elasticsearch: [
    { name: "url", label: "Address", hint: URL_HINT, input: "url" },
    {
      name: "dataStream",
      label: "Data stream",
      input: "text",
      usual: "logs-tabard.audit-default",
    },
    { name: "apiKey", label: "API key", hint: "As Elasticsearch encodes it.", input: "secret" },
    AUTHORITY,
  ],
  sentinel: [
    { name: "dce", label: "Data collection endpoint", hint: URL_HINT, input: "url" },
    { name: "dcrId", label: "Data collection rule", hint: "Its immutable id.", input: "text" },
    { name: "stream", label: "Stream", hint: "Such as Custom-Tabard_CL.", input: "text" },
    { name: "tenantId", label: "Tenant", input: "text" },
    { name: "clientId", label: "Application", input: "text" },
    { name: "clientSecret", label: "Its secret", input: "secret" },
    {
      name: "loginUrl",
      label: "Where it gets tokens",
      input: "url",
      usual: "https://login.microsoftonline.com",
    },
  ],
  s3: [
    { name: "bucket", label: "Bucket", input: "text" },
    { name: "prefix", label: "Prefix", input: "text", optional: true },
    { name: "region", label: "Region", input: "text" },
    { name: "account", label: "Account", hint: "As the layout names it in accountId=.", input: "text" },
    { name: "sourceName", label: "Source", input: "text", usual: "tabard" },
    {
      name: "everyMinutes",
      label: "Minutes a file",
      hint: "How long entries are gathered, at most.",
      input: "number",
      usual: "5",
    },
    { name: "endpoint", label: "Endpoint, if it is not Amazon’s", input: "url", optional: true },
    AUTHORITY,
    { name: "pathStyle", label: "The bucket stands in the path", input: "check", usual: "false" },
    {
      name: "accessKeyId",
      label: "Access key",
      hint: "The machine’s own credentials where it is empty.",
      input: "secret",
      optional: true,
    },
    { name: "secretAccessKey", label: "Its secret", input: "secret", optional: true },
  ],
  webhook: [{ name: "url", label: "Address", hint: URL_HINT, input: "url" }, AUTHORITY],
}
