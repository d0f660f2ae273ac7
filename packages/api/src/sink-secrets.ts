import type { SinkKind } from "@tabard/core"
import { z } from "zod"
import { Nothing } from "./inputs.ts"

/** What each kind of receiver wants kept secret: taken once, sealed, and shown to nobody. */
export interface SinkSecrets {
  readonly jsonl: Nothing
  readonly syslog: SyslogSecrets
  readonly splunk: SplunkSecrets
  readonly otlp: OtlpSecrets
  readonly elasticsearch: ElasticsearchSecrets
  readonly sentinel: SentinelSecrets
  readonly s3: S3Secrets
  readonly webhook: WebhookSecrets
}

/** The key of our certificate, PEM. */
export interface SyslogSecrets {
  readonly clientKey?: string | undefined
}

/** The collector's token. */
export interface SplunkSecrets {
  readonly token: string
}

/** What is sent as headers, such as an authorization. */
export interface OtlpSecrets {
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** An API key as Elasticsearch encodes it, or a name and a password. */
export type ElasticsearchSecrets =
  | { readonly apiKey: string }
  | { readonly username: string; readonly password: string }

/** The secret of the registered application. */
export interface SentinelSecrets {
  readonly clientSecret: string
}

/** An access key; the machine's own credentials where it is left out. */
export interface S3Secrets {
  readonly key?: S3Key | undefined
}

/** An access key of S3, with its session where it is a temporary one. */
export interface S3Key {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

/** What messages are signed with (Standard Webhooks); one is made where it is left out. */
export interface WebhookSecrets {
  readonly signing?: string | undefined
}

const Text = z.string().regex(/^[\x20-\x7e]{1,4000}$/, "visible ASCII characters")

/** What says where a request goes and where it ends is not for a secret to say. */
const FRAMING =
  /^(host|connection|content-(length|type|encoding)|transfer-encoding|expect|upgrade|te|trailer)$/i

const Headers = z
  .record(
    z
      .string()
      .regex(/^[A-Za-z0-9-]{1,100}$/, "the name of a header")
      .refine((name) => !FRAMING.test(name), "another header: this one is set with each request"),
    Text,
  )
  .refine((headers) => Object.keys(headers).length <= 20, "at most 20 headers")

/** The schema of each kind's secrets. */
export const SINK_SECRETS: { readonly [K in SinkKind]: z.ZodType<SinkSecrets[K]> } = {
  jsonl: Nothing,
  syslog: z.strictObject({
    clientKey: z
      .string()
      .max(32_768)
      .regex(/^\s*-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key in PEM")
      .optional(),
  }),
  splunk: z.strictObject({ token: Text }),
  otlp: z.strictObject({ headers: Headers.optional() }),
  elasticsearch: z.union([
    z.strictObject({ apiKey: Text }),
    z.strictObject({ username: Text, password: Text }),
  ]),
  sentinel: z.strictObject({ clientSecret: Text }),
  s3: z.strictObject({
    key: z
      .strictObject({ accessKeyId: Text, secretAccessKey: Text, sessionToken: Text.optional() })
      .optional(),
  }),
  webhook: z.strictObject({
    signing: z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]{32,100}={0,2}$/, "whsec_ and 24 to 64 bytes in base64")
      .optional(),
  }),
}
