import { addAbortSignal, Readable } from "node:stream"
import type { S3Client } from "@aws-sdk/client-s3"
import { MAX_BUNDLE_BYTES } from "@tabard/log"
import { type BucketSdk, openSdk } from "./open-sdk.ts"
import type { S3Place } from "./s3-place.ts"

/** An object as it was read, with the mark by which its replacement is bound to this reading. */
export interface S3Object {
  readonly bytes: Uint8Array
  readonly etag: string
}

/** How an object is to be handed on by whatever serves the bucket. */
export interface Served {
  readonly type: string
  readonly cache: string
}

/** On what a write depends: that nothing is there, or still what was read. */
type Condition = { readonly IfNoneMatch: "*" } | { readonly IfMatch: string }

/** The storage did not do what it was asked: it is not there, refuses us, or answers what cannot be. */
export class LogStoreFault extends Error {
  override readonly name = "LogStoreFault"
}

/** How long one thing may take with all its tries, in milliseconds. Publishing begins again each second. */
const PATIENCE_MS = 20_000

/** How often a write is tried again that met another of the same moment (409 ConditionalRequestConflict). */
const CONFLICTS = 8

/** What of a bucket a log needs: bounded reads, writes that never replace unseen, and deletion. */
export class S3Objects {
  readonly #place: S3Place
  readonly #patienceMs: number
  #opening: Promise<{ client: S3Client; sdk: BucketSdk }> | undefined

  constructor(place: S3Place, patienceMs: number = PATIENCE_MS) {
    this.#place = place
    this.#patienceMs = patienceMs
  }

  /** Answers an object, or undefined where there is none. */
  async get(key: string): Promise<S3Object | undefined> {
    return this.#ask(`read ${key}`, async ({ client, sdk }, signal) => {
      const {
        Body,
        ContentLength = 0,
        ETag,
      } = await client.send(new sdk.GetObjectCommand({ Bucket: this.#place.bucket, Key: this.#key(key) }), {
        abortSignal: signal,
      })
      if (!(Body instanceof Readable) || !ETag) throw new Error("it answered no object")
      const bytes = await readBounded(addAbortSignal(signal, Body), ContentLength)
      return { bytes, etag: ETag }
    })
  }

  /** Keeps a new object, and answers its mark; undefined where the key is taken. */
  create(key: string, bytes: Uint8Array, served: Served): Promise<string | undefined> {
    return this.#put(key, { bytes, served }, { IfNoneMatch: "*" })
  }

  /** Puts an object in the place of the one with this mark, and answers the new one's; undefined where it is not there any more. */
  replace(key: string, bytes: Uint8Array, served: Served, etag: string): Promise<string | undefined> {
    return this.#put(key, { bytes, served }, { IfMatch: etag })
  }

  /** Names every object below a key, in the order of their names. */
  async *list(below: string): AsyncGenerator<string> {
    let after: string | undefined
    do {
      const page = await this.#ask(`list ${below}`, ({ client, sdk }, signal) =>
        client.send(
          new sdk.ListObjectsV2Command({
            Bucket: this.#place.bucket,
            Prefix: this.#key(below),
            ContinuationToken: after,
          }),
          { abortSignal: signal },
        ),
      )
      for (const { Key } of page?.Contents ?? []) if (Key) yield this.#nameOf(Key)
      after = page?.NextContinuationToken
    } while (after)
  }

  /** Takes objects away; those that are not there are taken already. */
  async remove(keys: readonly string[]): Promise<void> {
    for (let from = 0; from < keys.length; from += 1000) {
      const Objects = keys.slice(from, from + 1000).map((key) => ({ Key: this.#key(key) }))
      const said = await this.#ask(`delete ${Objects.length} objects`, ({ client, sdk }, signal) =>
        client.send(
          new sdk.DeleteObjectsCommand({ Bucket: this.#place.bucket, Delete: { Objects, Quiet: true } }),
          { abortSignal: signal },
        ),
      )
      const [failed] = said?.Errors ?? []
      if (failed) throw new LogStoreFault(`${this.#name()} did not delete ${failed.Key}: ${failed.Code}`)
    }
  }

  async #put(
    key: string,
    { bytes, served }: { bytes: Uint8Array; served: Served },
    condition: Condition,
  ): Promise<string | undefined> {
    for (let tries = 0; ; tries++) {
      const answer = await this.#ask(`write ${key}`, async ({ client, sdk }, signal) => {
        const command = new sdk.PutObjectCommand({
          Bucket: this.#place.bucket,
          Key: this.#key(key),
          Body: bytes,
          ContentType: served.type,
          CacheControl: served.cache,
          ...encryptionOf(this.#place),
          ...condition,
        })
        return client.send(command, { abortSignal: signal }).then(
          ({ ETag }) => ETag ?? "",
          (error: unknown) => {
            if (statusOf(error) === 409 && tries < CONFLICTS) return "again"
            if (statusOf(error) === 412) return undefined
            throw error
          },
        )
      })
      if (answer === "") throw new LogStoreFault(`${this.#name()} named no ETag of ${key}`)
      if (answer !== "again") return answer
    }
  }

  /** Answers undefined where an object is not there; tells anything else as a fault, in the operator's words. */
  async #ask<Answer>(
    what: string,
    ask: (open: { client: S3Client; sdk: BucketSdk }, signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    try {
      this.#opening ??= openSdk(this.#place)
      return await ask(await this.#opening, AbortSignal.timeout(this.#patienceMs))
    } catch (cause) {
      if (nameOf(cause) === "NoSuchKey") return undefined
      if (cause instanceof LogStoreFault) throw cause
      const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : "no answer"
      throw new LogStoreFault(`${this.#name()} did not ${what}: ${why}`, { cause })
    }
  }

  #key(key: string): string {
    return this.#place.prefix ? `${this.#place.prefix}/${key}` : key
  }

  #nameOf(key: string): string {
    return this.#place.prefix ? key.slice(this.#place.prefix.length + 1) : key
  }

  #name(): string {
    return `the log's store s3://${this.#place.bucket}`
  }
}

/** What the answer says of its own length is asked first, and not believed. */
async function readBounded(body: Readable, said: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = said > MAX_BUNDLE_BYTES ? said : 0
  if (length === 0) {
    for await (const chunk of body) {
      if (!(chunk instanceof Uint8Array)) throw new Error("it answered text")
      chunks.push(chunk)
      length += chunk.length
      if (length > MAX_BUNDLE_BYTES) break
    }
  }
  if (length <= MAX_BUNDLE_BYTES) return new Uint8Array(Buffer.concat(chunks))
  body.destroy()
  throw new Error("it is longer than any file of a log")
}

function encryptionOf({ encryption }: S3Place): object {
  if (encryption === null) return {}
  if (encryption.kind === "s3") return { ServerSideEncryption: "AES256" }
  return { ServerSideEncryption: "aws:kms", ...(encryption.key && { SSEKMSKeyId: encryption.key }) }
}

function statusOf(error: unknown): unknown {
  if (!(error instanceof Error && "$metadata" in error)) return undefined
  const { $metadata: metadata } = error
  return typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata
    ? metadata.httpStatusCode
    : undefined
}

function nameOf(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined
}
