import type { SinkKind } from "@tabard/core"
import { z } from "zod"

/** Where each kind of receiver is and how it is spoken to. Nothing in it is secret. */
export interface SinkSettings {
  readonly jsonl: JsonlSettings
  readonly syslog: SyslogSettings
  readonly splunk: SplunkSettings
  readonly otlp: OtlpSettings
  readonly elasticsearch: ElasticsearchSettings
  readonly sentinel: SentinelSettings
  readonly s3: S3Settings
  readonly webhook: WebhookSettings
}

/** Files of JSON lines in a folder of the data directory's `export/`. */
export interface JsonlSettings {
  /** The name of the folder. */
  readonly directory: string
  /** How large a file grows before the next one is begun. */
  readonly rotateBytes: number
}

/** A syslog receiver (RFC 5424) over TLS (RFC 5425). */
export interface SyslogSettings {
  readonly host: string
  readonly port: number
  /** Who signed the receiver's certificate, PEM; the usual authorities where it is left out. */
  readonly ca?: string | undefined
  /** Our own certificate, PEM, where the receiver asks for one; its key is among the secrets. */
  readonly clientCertificate?: string | undefined
  readonly facility: number
  readonly appName: string
  readonly format: "json" | "cef"
}

/** A Splunk HTTP Event Collector. */
export interface SplunkSettings {
  /** The collector's root, for example `https://splunk.example.com:8088`. */
  readonly url: string
  readonly index?: string | undefined
  readonly sourcetype: string
  /** Whether the collector acknowledges what it has indexed. */
  readonly ack: boolean
  /** Who signed its certificate, PEM; the usual authorities where it is left out. */
  readonly ca?: string | undefined
}

/** An OpenTelemetry receiver of logs over HTTP. */
export interface OtlpSettings {
  /** Its whole address, which ends in `/v1/logs`. */
  readonly url: string
  /** Who signed its certificate, PEM; the usual authorities where it is left out. */
  readonly ca?: string | undefined
}

/** An Elasticsearch data stream. */
export interface ElasticsearchSettings {
  readonly url: string
  readonly dataStream: string
  /** Who signed its certificate, PEM; the usual authorities where it is left out. */
  readonly ca?: string | undefined
}

/** Microsoft Sentinel by the Logs Ingestion API. */
export interface SentinelSettings {
  /** The data collection endpoint. */
  readonly dce: string
  /** The immutable id of the data collection rule. */
  readonly dcrId: string
  readonly stream: string
  readonly tenantId: string
  readonly clientId: string
  readonly loginUrl: string
}

/** An S3-compatible bucket in the layout of Amazon Security Lake. */
export interface S3Settings {
  readonly bucket: string
  readonly prefix: string
  readonly region: string
  /** Where the storage is, if it is not Amazon's. */
  readonly endpoint?: string | undefined
  readonly pathStyle: boolean
  /** The account that the source is registered for, as the layout names it. */
  readonly account: string
  readonly sourceName: string
  /** How long entries are gathered for one file, at most. */
  readonly everyMinutes: number
  /** Who signed its certificate, PEM; the usual authorities where it is left out. */
  readonly ca?: string | undefined
}

/** Any receiver of Standard Webhooks. */
export interface WebhookSettings {
  readonly url: string
  /** Who signed its certificate, PEM; the usual authorities where it is left out. */
  readonly ca?: string | undefined
}

const Url = z.string().min(1).max(2000)
const Name = z.string().min(1).max(200)
const Word = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/, "letters, digits, dots, hyphens and underscores")
const Pem = z
  .string()
  .max(32_768)
  .regex(/^\s*-----BEGIN CERTIFICATE-----/, "a certificate in PEM")

/** Where Microsoft gives tokens, but for its national clouds. */
const MICROSOFT_LOGIN = "https://login.microsoftonline.com"

/** The schema of each kind's settings; what is left out gets its default. */
export const SINK_SETTINGS: { readonly [K in SinkKind]: z.ZodType<SinkSettings[K]> } = {
  jsonl: z.strictObject({
    directory: Word,
    rotateBytes: z
      .number()
      .int()
      .min(4096)
      .max(1024 ** 3)
      .default(64 * 1024 ** 2),
  }),
  syslog: z.strictObject({
    host: Name,
    port: z.number().int().min(1).max(65_535).default(6514),
    ca: Pem.optional(),
    clientCertificate: Pem.optional(),
    // 13 is "log audit" (RFC 5424, section 6.2.1).
    facility: z.number().int().min(0).max(23).default(13),
    appName: z
      .string()
      .regex(/^[\x21-\x7e]{1,48}$/, "1 to 48 visible ASCII characters")
      .default("tabard"),
    format: z.enum(["json", "cef"]).default("json"),
  }),
  splunk: z.strictObject({
    url: Url,
    index: Word.optional(),
    sourcetype: Name.default("tabard:audit"),
    ack: z.boolean().default(true),
    ca: Pem.optional(),
  }),
  otlp: z.strictObject({ url: Url, ca: Pem.optional() }),
  elasticsearch: z.strictObject({
    url: Url,
    dataStream: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{0,199}$/, "a data stream, in lower case")
      .default("logs-tabard.audit-default"),
    ca: Pem.optional(),
  }),
  sentinel: z.strictObject({
    dce: Url,
    dcrId: Word,
    stream: z.string().regex(/^Custom-[A-Za-z0-9_]{1,100}$/, "a custom stream, which begins with Custom-"),
    tenantId: Word,
    clientId: Word,
    loginUrl: Url.optional().transform((url) => url ?? MICROSOFT_LOGIN),
  }),
  s3: z.strictObject({
    bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "the name of a bucket"),
    prefix: z
      .string()
      .regex(/^([A-Za-z0-9._=-]+\/)*[A-Za-z0-9._=-]*$/, "names with slashes between them")
      .max(200)
      .default(""),
    region: Word,
    endpoint: Url.optional(),
    ca: Pem.optional(),
    pathStyle: z.boolean().default(false),
    account: Word,
    sourceName: Word.default("tabard"),
    everyMinutes: z.number().int().min(1).max(1440).default(5),
  }),
  webhook: z.strictObject({ url: Url, ca: Pem.optional() }),
}
