import { type Json, type JsonObject, visibleText } from "@tabard/core"

/** Answers one event on one line: when, which place, what happened. */
export function eventLine(event: JsonObject): string {
  return `${said(event["at"]).padEnd(24)}  ${placeOf(event).padStart(8)}  ${said(event["sentence"])}`
}

/** Answers what there is to say of one event above what is logged of it. */
export function eventHead(event: JsonObject): string {
  const about = [said(event["type"]), said(event["at"]), said(event["id"])].join("  ")
  const place =
    typeof event["index"] === "number"
      ? `place ${placeOf(event)} of the record`
      : "waits for its place in the record"
  return `${said(event["sentence"])}\n${about}  ${place}`
}

function placeOf({ index }: JsonObject): string {
  return typeof index === "number" ? String(index) : "waits"
}

function said(value: Json | undefined): string {
  return typeof value === "string" ? visibleText(value) : "–"
}
