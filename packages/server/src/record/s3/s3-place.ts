import { z } from "zod"

/** Where in S3-compatible storage logs are kept, and how it is spoken to. Credentials come by the SDK's own chain. */
export interface S3Place {
  readonly bucket: string
  /** What every key begins with, without slashes at its ends; empty where the bucket is the log's own. */
  readonly prefix: string
  readonly region: string
  /** Where it is not AWS itself. */
  readonly endpoint: string | null
  /** Whether the bucket stands in the path and not in the host: MinIO and others want it so. */
  readonly pathStyle: boolean
  /** How what is written is encrypted there; null leaves it to the bucket. */
  readonly encryption: { readonly kind: "s3" } | { readonly kind: "kms"; readonly key: string | null } | null
}

/** What the environment may say of where logs are kept. */
export interface LogStoreEnvironment {
  readonly TABARD_LOG_STORE?: string | undefined
  readonly TABARD_LOG_S3_ENDPOINT?: string | undefined
  readonly TABARD_LOG_S3_REGION?: string | undefined
  readonly TABARD_LOG_S3_PATH_STYLE?: "yes" | "no" | undefined
  readonly TABARD_LOG_S3_ENCRYPTION?: string | undefined
}

/** A bucket's name by the rules of S3, and a prefix of plain segments: `..` or an empty one would be a key nobody sees. */
const ADDRESS = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:\/(?!\.{1,2}(?:\/|$))[\w.-]{1,100}){0,8})\/?$/

/** `AES256`, `aws:kms`, or `aws:kms=` and the key's id or ARN. */
const ENCRYPTION = /^(?:AES256|aws:kms(?:=([\w:/-]{1,2048}))?)$/

/** How each of those is spelt. */
export const LOG_STORE_ENVIRONMENT: {
  readonly TABARD_LOG_STORE: z.ZodType<string | undefined>
  readonly TABARD_LOG_S3_ENDPOINT: z.ZodType<string | undefined>
  readonly TABARD_LOG_S3_REGION: z.ZodType<string | undefined>
  readonly TABARD_LOG_S3_PATH_STYLE: z.ZodType<"yes" | "no" | undefined>
  readonly TABARD_LOG_S3_ENCRYPTION: z.ZodType<string | undefined>
} = {
  TABARD_LOG_STORE: z.string().max(1000).regex(ADDRESS, "s3://bucket or s3://bucket/prefix").optional(),
  TABARD_LOG_S3_ENDPOINT: z
    .url()
    .max(500)
    .refine(isSafeEndpoint, "an https:// address without a path, or http:// on loopback")
    .optional(),
  TABARD_LOG_S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, "a region such as eu-central-1")
    .optional(),
  TABARD_LOG_S3_PATH_STYLE: z.enum(["yes", "no"]).optional(),
  TABARD_LOG_S3_ENCRYPTION: z.string().regex(ENCRYPTION, "AES256, aws:kms, or aws:kms=KEY").optional(),
}

/** Half a place is none: whoever set part of it meant all. */
export function missingOfLogStore(env: LogStoreEnvironment): readonly string[] {
  const { TABARD_LOG_STORE: address, TABARD_LOG_S3_REGION: region } = env
  if (address) return region ? [] : ["set TABARD_LOG_S3_REGION: requests to S3 are signed for a region"]
  const stray = Object.keys(LOG_STORE_ENVIRONMENT).filter(
    (name) => name in env && name !== "TABARD_LOG_STORE",
  )
  return stray.length === 0
    ? []
    : [`set TABARD_LOG_STORE=s3://bucket/prefix as well, or not ${stray.join(", ")}`]
}

/** Answers the place that the environment names, or null where logs are files in the data directory. */
export function logStoreIn(env: LogStoreEnvironment): S3Place | null {
  const { TABARD_LOG_STORE: address, TABARD_LOG_S3_REGION: region } = env
  const [, bucket, path] = ADDRESS.exec(address ?? "") ?? []
  if (!bucket || !region) return null
  return {
    bucket,
    prefix: path?.slice(1) ?? "",
    region,
    endpoint: env.TABARD_LOG_S3_ENDPOINT ?? null,
    pathStyle: env.TABARD_LOG_S3_PATH_STYLE === "yes",
    encryption: encryptionIn(env.TABARD_LOG_S3_ENCRYPTION),
  }
}

function encryptionIn(text: string | undefined): S3Place["encryption"] {
  if (text === undefined) return null
  return text === "AES256" ? { kind: "s3" } : { kind: "kms", key: ENCRYPTION.exec(text)?.[1] ?? null }
}

/** Everything recorded goes there: in clear only where it leaves no machine. */
function isSafeEndpoint(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(address)
  if (pathname !== "/" || search || hash || username || password) return false
  const loopback = ["127.0.0.1", "[::1]", "localhost"].includes(hostname)
  return protocol === "https:" || (protocol === "http:" && loopback)
}
