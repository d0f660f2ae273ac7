import type {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3"
import type { S3Place } from "./s3-place.ts"

/** The commands that a log needs of the SDK. */
export interface BucketSdk {
  readonly DeleteObjectsCommand: typeof DeleteObjectsCommand
  readonly GetObjectCommand: typeof GetObjectCommand
  readonly ListObjectsV2Command: typeof ListObjectsV2Command
  readonly PutObjectCommand: typeof PutObjectCommand
}

/** Loads the SDK, which only who keeps logs in a bucket pays for, and makes a client that waits for nothing without end. */
export async function openSdk({
  region,
  endpoint,
  pathStyle,
}: S3Place): Promise<{ client: S3Client; sdk: BucketSdk }> {
  const sdk = await import("@aws-sdk/client-s3")
  const client = new sdk.S3Client({
    region,
    ...(endpoint !== null && { endpoint }),
    forcePathStyle: pathStyle,
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
    // The signature covers the body's SHA-256; checksums of the SDK's own are not understood by every other store.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  })
  return { client, sdk }
}
