import { createHash } from "node:crypto"
import type { S3Settings } from "@tabard/api"
import type { CarriedItem } from "@tabard/control"
import { type JsonObject, writeLossless } from "@tabard/core"

/** One object of the bucket: where it lies and what its rows are. */
export interface LakeObject {
  readonly key: string
  readonly rows: readonly JsonObject[]
}

/**
 * Answers the objects of a portion in the layout of Amazon Security Lake: one source for each OCSF class, one folder for each
 * day, rows in the order of their time. An object is named by the places and the keys that it holds: the same rows are the same object.
 */
export function lakeObjects(items: readonly CarriedItem[], settings: S3Settings): readonly LakeObject[] {
  const byFolder = Map.groupBy(items, (item) => folderOf(item, settings))
  return [...byFolder].map(([folder, those]) => ({ key: `${folder}/${nameOf(those)}`, rows: rowsOf(those) }))
}

function folderOf({ at, body }: CarriedItem, { prefix, sourceName, region, account }: S3Settings): string {
  const uid = classOf(body)
  const source = uid === undefined ? sourceName : `${sourceName}-${uid}`
  const day = at.toISOString().slice(0, 10).replaceAll("-", "")
  const path = `ext/${source}/region=${region}/accountId=${account}/eventDay=${day}`
  return prefix === "" ? path : `${prefix.replace(/\/+$/, "")}/${path}`
}

function classOf({ class_uid: uid }: JsonObject): number | undefined {
  return typeof uid === "number" && Number.isSafeInteger(uid) ? uid : undefined
}

function nameOf(items: readonly CarriedItem[]): string {
  const places = items.map(({ place }) => place)
  const [first, last] = [Math.min(...places), Math.max(...places)]
  // Between the same places there may be others, after the sink's choice was changed or with a checkpoint among them: those
  // have an object of their own, so that nothing is put in the place of what it does not hold.
  const keys = items.map(({ key }) => key).toSorted()
  const mark = createHash("sha256").update(keys.join("\n")).digest("hex").slice(0, 12)
  return `${padded(first)}-${padded(last)}-${mark}.parquet`
}

function padded(place: number): string {
  return String(place).padStart(16, "0")
}

function rowsOf(items: readonly CarriedItem[]): readonly JsonObject[] {
  const inTime = items.toSorted(
    (one, other) => one.at.getTime() - other.at.getTime() || one.place - other.place,
  )
  return inTime.map((item) => (classOf(item.body) === undefined ? ownRow(item) : item.body))
}

/** What is no OCSF has columns that are the same for every type of event, and the content as JSON. */
function ownRow({ key, place, type, at, body }: CarriedItem): JsonObject {
  return { key, place, type, time: at.getTime(), body: writeLossless(body) }
}
