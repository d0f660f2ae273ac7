import { Agent as PlainAgent } from "node:http"
import { Agent as TlsAgent } from "node:https"
import type { PutObjectCommand, S3Client } from "@aws-sdk/client-s3"
import type { S3Secrets, S3Settings } from "@tabard/api"
import type { CarryResult } from "@tabard/control"
import { guardedLookup, type TargetRules, targetMistake } from "../../notifications/guard-address.ts"
import { s3Result } from "./s3-result.ts"

/** A bucket that objects are put into. */
export interface S3Bucket extends Disposable {
  /** Puts an object, in the place of one of that name; answers what follows where it could not be put. */
  put(
    key: string,
    bytes: Uint8Array,
    signal: AbortSignal,
  ): Promise<Exclude<CarryResult, { kind: "taken" }> | null>
}

/** Which bucket, and who may say where it is. */
export interface BucketWanted {
  readonly settings: S3Settings
  readonly secrets: S3Secrets
  readonly rules: TargetRules
  readonly timeMs: number
}

/** Opens a bucket by S3's protocol: with its own key, or with the credentials of the machine. */
export function s3Bucket(wanted: BucketWanted): S3Bucket {
  const { settings, rules } = wanted
  const { bucket, endpoint } = settings
  let opening: Promise<Opened> | undefined
  let opened: Opened | undefined

  return {
    async put(key, bytes, signal) {
      const mistake = endpoint === undefined ? undefined : targetMistake(rules, endpoint)
      if (mistake) return { kind: "held", reason: `its address cannot be used: ${mistake}` }
      try {
        opening ??= openClient(wanted)
        opened = await opening
        const { client, command } = opened
        await client.send(command({ Bucket: bucket, Key: key, Body: bytes, ContentType: PARQUET }), {
          abortSignal: signal,
        })
        return null
      } catch (error) {
        return s3Result(error)
      }
    },
    [Symbol.dispose]() {
      opened?.client.destroy()
    },
  }
}

const PARQUET = "application/vnd.apache.parquet"

interface PutInput {
  readonly Bucket: string
  readonly Key: string
  readonly Body: Uint8Array
  readonly ContentType: string
}

interface Opened {
  readonly client: S3Client
  readonly command: (input: PutInput) => PutObjectCommand
}

/** The SDK is loaded by who exports to a bucket, and by nobody else. */
async function openClient({ settings, secrets, rules, timeMs }: BucketWanted): Promise<Opened> {
  const sdk = await import("@aws-sdk/client-s3")
  const { region, endpoint, pathStyle, ca } = settings
  const kept = { keepAlive: true, maxSockets: 4, lookup: guardedLookup(rules) }
  const client = new sdk.S3Client({
    region,
    ...(endpoint !== undefined && { endpoint }),
    forcePathStyle: pathStyle,
    ...(secrets.key && { credentials: credentials(secrets.key) }),
    // When and how often it is tried again is the export's to say.
    maxAttempts: 1,
    requestHandler: {
      httpAgent: new PlainAgent(kept),
      httpsAgent: new TlsAgent({ ...kept, ...(ca && { ca }) }),
      connectionTimeout: Math.min(timeMs, 5_000),
      requestTimeout: timeMs,
      throwOnRequestTimeout: true,
    },
    // The signature covers the body's SHA-256; checksums of the SDK's own are not understood by every other store.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  })
  return { client, command: (input) => new sdk.PutObjectCommand(input) }
}

function credentials({ accessKeyId, secretAccessKey, sessionToken }: NonNullable<S3Secrets["key"]>): {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
} {
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) }
}
